"""The fonts of the press, and whether each character is drawn with its own glyph."""
