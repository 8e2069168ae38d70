"""Everybody who is told of one event: the lines of its set, whose turn it is, and who was told."""
