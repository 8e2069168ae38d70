"""Families on the pages."""
