"""Forms of the calendar."""
