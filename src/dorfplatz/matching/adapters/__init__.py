"""What rooms have, one module for each."""
