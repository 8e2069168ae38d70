"""Addresses as places: read, and compared; when two are the same place."""
