"""The past decided, counted or read again."""
