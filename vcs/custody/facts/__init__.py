"""Each fact: whose it is, in which order, held or undone, and recorded as a key event."""
