"""Searching by a reference or a name."""
