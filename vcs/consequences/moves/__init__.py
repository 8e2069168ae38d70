"""A referral that changes hands, region or sentence."""
