"""The law by worked examples, boundaries and the calendar."""
