"""Where letters to others go: the partners' offices, and which gets which letter, day by day."""
