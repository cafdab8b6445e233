"""What this app plugs into lower floors."""
