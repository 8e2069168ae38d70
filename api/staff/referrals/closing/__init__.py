"""Proposing to close a referral, and opening a closed one again."""
