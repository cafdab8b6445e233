"""Pages of the village paper."""
