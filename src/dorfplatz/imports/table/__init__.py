"""Reading tables: CSV files in any of the shapes offices and clubs save them."""
