"""One list matched with what we hold and kept: uploaded, run, told to programs."""
