"""Addresses that a victim and an offender may share."""
