"""The pages of posts, by subject."""
