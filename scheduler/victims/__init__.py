"""Jobs about people on record: asked again, found again, told of key events."""
