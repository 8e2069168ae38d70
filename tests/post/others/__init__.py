"""Letters to others: which office, what brings each, and by which ways they leave."""
