"""Forms of ask and offer."""
