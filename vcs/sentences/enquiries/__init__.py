"""What people are asked about a sentence or a result code, and what they answered before."""
