"""Drafts that wait to be looked at, one after another: what stands beside each, sent back."""
