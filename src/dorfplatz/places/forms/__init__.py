"""Forms of the social map: HTML in, cleaned values out."""
