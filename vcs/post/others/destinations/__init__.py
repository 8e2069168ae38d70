"""Where letters to others go: the partners' offices, their addresses day by day, which gets which."""
