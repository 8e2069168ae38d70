"""What we keep: the tables."""
