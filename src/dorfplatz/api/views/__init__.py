"""What machines may read, and the page that tells people of it."""
