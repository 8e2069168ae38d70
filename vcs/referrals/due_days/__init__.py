"""By when something is owed for a referral: met, missed, counted again and shown."""
