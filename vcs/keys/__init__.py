"""Sealing keys: which of them belong to a database, the file they are kept in, and rotation."""
