"""Lists that we did not make, matched against what we hold."""
