"""What a letter rests on, and letters that no longer tell the truth."""
