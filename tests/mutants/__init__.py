"""Proof by breaking: many small changes to tables and rules, each of which a test must catch."""
