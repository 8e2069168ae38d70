"""What must hold of all rows even after a crash, and the nightly proof that the counts close."""
