"""The conditions: each asks one question and gives one reason."""
