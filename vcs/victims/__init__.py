"""Victims: what may be entered about them, and how it is sealed."""
