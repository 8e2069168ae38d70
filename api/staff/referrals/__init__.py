"""Pages about a referral."""
