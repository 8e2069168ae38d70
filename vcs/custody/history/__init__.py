"""A fact against what was told before it and since: in what order, twice, undone, taken back."""
