"""Opening an OpenStreetMap file without trusting it, for all who read one. No database, no Django settings."""
