"""Courses of ten minutes for each role, and a walk through the real pages."""
