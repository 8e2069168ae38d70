"""Key events: who is told of each, in which order, by when, and by whom."""
