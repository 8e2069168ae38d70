"""Letters on their way out: the gate that each must pass, and what people decided about it."""
