"""What a person at a witness care unit sends, and what becomes of it."""
