"""Whose a fact is: by numbers, then by match weights; numbers that a prison joined."""
