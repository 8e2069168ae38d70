"""The front door, from outside: what it lets in, what it shows to whom."""
