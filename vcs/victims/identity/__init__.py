"""Is this somebody we know? Two records that become one, stay two, or are parted again."""
