"""What a victim asks of a licence, what became of it, and their personal statement."""
