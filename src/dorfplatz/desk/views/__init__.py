"""Pages of the desk, by subject."""
