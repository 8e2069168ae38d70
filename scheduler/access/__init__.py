"""Jobs about who has a case: officers who are away, staff who must not see it."""
