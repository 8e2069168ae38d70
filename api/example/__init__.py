"""A made-up caseload, told as court messages in the real shapes. Nobody in it exists."""
