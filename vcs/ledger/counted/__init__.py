"""Figures of pages that nobody works from, counted once and kept with the moment they hold for."""
