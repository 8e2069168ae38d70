"""What one judicial result states and means, and what it takes back of an offence."""
