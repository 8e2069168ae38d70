"""Messages that could not be read whole: listed, tried again, read by hand, dismissed."""
