"""Everything a square is made of in one archive, and back: `save_backup`, `restore_backup`."""
