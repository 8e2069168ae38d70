"""Samples of referrals that an inspector may read."""
