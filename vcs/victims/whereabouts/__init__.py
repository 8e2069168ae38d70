"""Where a victim is: an address of theirs, compared with the court's, opened for a reason."""
