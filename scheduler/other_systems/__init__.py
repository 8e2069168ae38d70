"""Jobs about what other systems sent, and what they are told."""
