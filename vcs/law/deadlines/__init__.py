"""What is owed by when: duties, working days, clocks, and how a deadline stands on a day."""
