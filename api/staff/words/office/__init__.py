"""What pages say to staff of their own work: roles, guides, tasks, search."""
