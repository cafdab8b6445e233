"""Pages of the social map, by subject."""
