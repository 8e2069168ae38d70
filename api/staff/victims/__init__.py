"""Pages about the victims of a referral."""
