"""Jobs that tell: staff at once, staff each morning, witness care units."""
