"""What the pages count and list, kept beside the rows that it is worked out from."""
