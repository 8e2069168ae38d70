"""Who is who: our sentences and theirs, compared and paired."""
