"""The ladder: who is told of a duty that nobody has done, when, and who has each place."""
