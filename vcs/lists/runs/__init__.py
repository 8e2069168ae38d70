"""One list matched with what we hold: uploaded, prepared, reconciled, kept, told to programs."""
