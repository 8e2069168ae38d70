"""What a person is asked about a line, and what closes by itself."""
