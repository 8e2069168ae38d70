"""Addresses as places: read, and compared."""
