"""What each message reported of a sentence, and which of it is current; mostly pure."""
