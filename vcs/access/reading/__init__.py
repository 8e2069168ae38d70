"""Who opened whose details: each look kept, counted, told of when unusual, stopped at a limit."""
