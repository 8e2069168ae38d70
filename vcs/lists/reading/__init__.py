"""Files of other systems, as they really save them, read into lines."""
