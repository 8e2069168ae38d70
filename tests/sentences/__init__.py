"""What people and time do to messages that were kept."""
