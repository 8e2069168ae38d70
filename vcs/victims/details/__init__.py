"""A victim's details: added, amended with what the writer saw, kept safe as others set it."""
