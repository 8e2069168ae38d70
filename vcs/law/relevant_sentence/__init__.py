"""The second gate: which sentences count, how long each is, and what several come to."""
