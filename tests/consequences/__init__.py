"""Consequences."""
