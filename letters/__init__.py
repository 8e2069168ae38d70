"""Everything that leaves the building."""

from __future__ import annotations

from vcs.errors import NotValid


class LetterRefused(NotValid):
    """A letter that would be wrong, unsafe or unreadable: nothing was made.

    The message says what to do; ``fields`` names each fact and its mend. Of what was entered it
    repeats single characters at most.
    """

    title = "The letter cannot be made"
