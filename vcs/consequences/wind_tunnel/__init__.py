"""What a change of rules, of the length or of a time would change, over all that is stored."""
