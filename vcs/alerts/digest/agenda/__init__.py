"""What a digest may be about: duties, clocks, decisions and messages, and whose they are."""
