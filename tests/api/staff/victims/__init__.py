"""Victims on the pages: reached, known, edited, and where a letter to them may go."""
