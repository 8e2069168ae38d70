"""The referrals to work on: who sees which, in whose hand, and what falls due first."""
