"""Requests of witness care units' programs: what became of one, and which wait."""
