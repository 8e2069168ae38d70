"""Welsh, wording and names."""
