"""Tell an outside address that the work is being done, so that somebody else notices silence.

It beats after a sweep in which every job ran to its end, and only while mail works: a service that
cannot tell people what was missed is not well. What is asked is a plain GET without a body; nothing
is sent that says what this service holds.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Iterable
from http.client import HTTPException
from typing import Protocol

from scheduler.jobs import Sweep
from vcs import logs
from vcs.ledger.health import mail_fails_since

_LOG = logs.logger("vcs.scheduler")

_SECONDS = 5

_OK = range(200, 300)


class Result(Protocol):
    """What one job did: how often it failed, and the fault that ended it."""

    @property
    def failed(self) -> int:
        """Return how many items failed."""

    @property
    def fault(self) -> str | None:
        """Return the kind of error that ended the job."""


def beat(sweep: Sweep, results: Iterable[Result]) -> bool:
    """Ask the address that is set, where all is well. Returns whether it answered that it heard.

    An address that does not answer keeps nothing else from being done.
    """
    url = sweep.settings.heartbeat_url
    if url is None or any(one.fault for one in results) or not _mail_works(sweep):
        return False
    # Follows nobody to an address that was not set, and sees every answer as it is.
    opener = urllib.request.OpenerDirector()
    for one in (urllib.request.HTTPHandler(), urllib.request.HTTPSHandler()):
        opener.add_handler(one)
    try:
        with opener.open(url, timeout=_SECONDS) as answer:
            return answer is not None and answer.status in _OK
    except (OSError, HTTPException) as fault:
        # The address may hold a token: it is in no log.
        _LOG.warning("heartbeat.not_heard", kind=type(fault).__name__)
        return False


def _mail_works(sweep: Sweep) -> bool:
    with sweep.db.reading() as session:
        return mail_fails_since(session) is None
