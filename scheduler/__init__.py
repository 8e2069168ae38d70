"""The clock on the wall: finds what is due and has it done. Never the record of anything."""
