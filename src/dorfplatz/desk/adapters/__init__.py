"""What each room has for the desk: how it is found, said and done. Nothing in the rooms knows of it."""
