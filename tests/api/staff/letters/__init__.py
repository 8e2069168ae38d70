"""Letters through the door, story by story."""
