"""What people and time do to court messages that were kept: tried again, dismissed, removed."""
