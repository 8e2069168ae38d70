"""Letters that came back: why, what that says of the address, and who is asked."""
