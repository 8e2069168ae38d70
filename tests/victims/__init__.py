"""Stories of what is held about victims and of who reached them."""
