"""What leaves the building: read back as the person who gets it would read it."""
