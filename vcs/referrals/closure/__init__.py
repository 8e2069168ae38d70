"""Proposals to close a referral, and the evidence of a refusal."""
