"""What a victim needs, and what was done about it."""
