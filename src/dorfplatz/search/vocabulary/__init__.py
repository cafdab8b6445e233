"""The words of village life in German, Dutch and the dialects around the border, as a reviewed list."""
