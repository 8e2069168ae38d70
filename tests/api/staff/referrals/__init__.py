"""Referrals on the pages: worked on, closed, hidden from somebody, in one line of time."""
