"""iCalendar (RFC 5545), out and in. Pure."""
