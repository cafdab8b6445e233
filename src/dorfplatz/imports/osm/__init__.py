"""Reading OpenStreetMap extracts. No database, no Django settings: the reading runs in a child process."""
