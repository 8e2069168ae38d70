"""What pages say of sentences and referrals: what was decided, what is due, what comes."""
