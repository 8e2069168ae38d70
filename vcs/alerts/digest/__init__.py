"""The one mail of a morning: what each person must know, and what they did about it."""
