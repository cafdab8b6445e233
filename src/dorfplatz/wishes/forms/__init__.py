"""Forms of wishes."""
