"""What a person says of a line, kept for later lists."""
