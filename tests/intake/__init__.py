"""What the court told us: reading messages as they come."""
