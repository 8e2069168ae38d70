"""The Common Platform: its words live in this room only."""
