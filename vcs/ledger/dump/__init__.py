"""The canonical dump of what is held: one printing for one truth, words as digests only."""
