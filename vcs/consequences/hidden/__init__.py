"""Cases that somebody must not see."""
