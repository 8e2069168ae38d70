"""Print batches, whole and interrupted, and every way out of the building."""
