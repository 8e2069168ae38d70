"""What one letter says: the facts that it may use, how each is read, what is missing."""
