"""Stories of what victims need and what was done about it."""
