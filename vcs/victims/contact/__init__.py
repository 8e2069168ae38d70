"""Tries to reach somebody as evidence, and notes that are neither a contact nor an attempt."""
