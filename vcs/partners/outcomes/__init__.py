"""What became of referrals, for the programs of the units that sent them."""
