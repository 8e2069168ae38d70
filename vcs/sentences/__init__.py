"""From a sentence to what is owed for it: sharing order, referrals, and questions for a person."""
