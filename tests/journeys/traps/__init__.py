"""The traps of the feeds, each from the courts' door to what stands."""
