"""Which numbers may leave the building: counted with their sums, the small withheld. Pure."""
