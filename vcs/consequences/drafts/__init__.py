"""Letters drafted by what happens, with nobody asking. Nothing is told by a letter that waits."""
