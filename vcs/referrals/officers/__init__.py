"""Who works on a referral: given, taken, covered while somebody is away."""
