"""A no that the law does not give: proposed by one manager, confirmed by another, reviewed."""
