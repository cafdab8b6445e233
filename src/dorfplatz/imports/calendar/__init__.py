"""Calendars of clubs: read in a child process, and taken in date by date."""
