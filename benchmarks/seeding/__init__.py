"""What an installation is filled with."""
