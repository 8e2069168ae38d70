"""Each fact in hand: read, settled in the order of what happened, recorded as a key event."""
