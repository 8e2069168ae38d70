"""What a page gives as a file."""
