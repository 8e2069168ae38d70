"""What a person read in a court message that no feed's reader could read."""
