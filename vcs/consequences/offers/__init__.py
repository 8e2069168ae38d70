"""Contact offered at discretion, and offered again."""
