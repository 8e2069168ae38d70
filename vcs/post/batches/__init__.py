"""Print batches: the approved letters that leave together, and what became of each."""
