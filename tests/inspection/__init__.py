"""What an inspector takes away."""
