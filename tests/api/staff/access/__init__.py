"""Accounts shut out, and the reading of people's details."""
