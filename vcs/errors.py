"""One family of errors: the class carries its HTTP status, the message says what to do.

A legal "no" is a value and never one of these. Messages never repeat what was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar


class VcsError(Exception):
    """Base of the family. ``status`` is the HTTP answer, ``title`` its short name."""

    status = 500
    title = "Something went wrong"


class NotReadable(VcsError):
    """A body that is not JSON or XML at all."""

    status = 400
    title = "The body cannot be read"


class NotSignedIn(VcsError):
    """No credentials, or credentials that are no longer good."""

    status = 401
    title = "Sign in first"


class NotAllowed(VcsError):
    """A known caller who may not do this."""

    status = 403
    title = "Not allowed"


class RecordedRefusal(VcsError):
    """A refusal that is itself put on record, though all else of its transaction is undone."""

    status = 403
    title = "Not allowed"

    def __init__(self, message: str, keep: Callable[[Any], None]) -> None:
        """Take what keeps it: called with a session, in a transaction of its own."""
        super().__init__(message)
        self.keep = keep


class NotFound(VcsError):
    """Nothing here, or nothing that this caller may see: the two look the same."""

    status = 404
    title = "Not found"


class NeedsReason(VcsError):
    """An address that shows where a victim lives only to a form that says why."""

    status = 405
    title = "A reason is needed first"
    headers: ClassVar[dict[str, str]] = {"Allow": "POST"}


class TooSlow(VcsError):
    """A body that did not come to its end in the time there is for it."""

    status = 408
    title = "Too slow"


class Conflict(VcsError):
    """Somebody else changed it first, or it is already done."""

    status = 409
    title = "Already changed"


class TooLarge(VcsError):
    """A body over the limit."""

    status = 413
    title = "Too large"


class NotValid(VcsError):
    """Input that was understood and refused. ``fields`` names each field and its mend."""

    status = 422
    title = "Check what was entered"

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        """Keep the summary and the message for each field."""
        super().__init__(message)
        self.fields = fields or {}


SEEN = "seen"
"""What the field is called that carries, unseen, the version that a form was drawn from."""


class Overtaken(NotValid):
    """A change drawn from an older version than the one held now: nothing of it was saved."""

    def __init__(self) -> None:
        """Say what to do, under the name of the field that carries the version."""
        message = (
            "Somebody else saved a change after you opened this page. Nothing of yours has been "
            "saved. Check it against what is held now, then send it again."
        )
        super().__init__(message, {SEEN: message})


class Busy(VcsError):
    """Locked, full or overloaded: nothing was written, try again."""

    status = 503
    title = "Busy"


class NotSetUp(VcsError):
    """A setting, key, font or schema is missing or wrong: the program refuses to start."""

    status = 503
    title = "Not set up"


class CannotOpen(NotSetUp):
    """One sealed value that no key opens. Everything else goes on: pages show it as such."""

    status = 409
    title = "Cannot be opened"

    def __init__(self) -> None:
        """Say what to do; there is nothing else to say about what nobody can read."""
        super().__init__(
            "This cannot be opened with the keys that the program has (VCS_SEALING_KEYS). It is "
            "damaged, or was sealed with another key. An administrator has a task about it."
        )


class NotStarted(NotSetUp):
    """Start-up checks that failed. ``problems`` holds one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        """Take the sentences."""
        super().__init__("\n".join(problems))
        self.problems = problems
