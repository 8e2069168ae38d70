"""Inspections, quality and training, on the pages."""
