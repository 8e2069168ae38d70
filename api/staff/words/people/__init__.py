"""What pages say of people: who they are, how they are reached, what they chose."""
