"""Samples of referrals for an inspector: drawn once at random, listed, opened one by one."""
