"""What translates: one small protocol, and those who keep to it."""
