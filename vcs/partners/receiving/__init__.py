"""Requests kept first, each once: repeats, keys that come again, and the receipt."""
