"""What this app plugs into lower floors: nothing. It lies on the ground floor and others plug into it."""
