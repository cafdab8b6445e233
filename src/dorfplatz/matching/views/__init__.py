"""Pages of matching, by who reads them."""
