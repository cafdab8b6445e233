"""The demonstration: the square of Kranenburg with invented people and entries, set up through everybody's actions."""
