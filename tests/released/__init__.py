"""A small database that the released version made, and the proof that it migrates whole."""
