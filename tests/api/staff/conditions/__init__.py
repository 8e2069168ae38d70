"""Licence conditions on the pages."""
