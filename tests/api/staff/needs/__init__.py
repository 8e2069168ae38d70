"""Needs on the pages."""
