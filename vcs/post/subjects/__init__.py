"""What each letter is about: the event, choice, answer or year for which one may go."""
