"""Witness care units' programs: their requests by JSON, and the page where our people see them."""
