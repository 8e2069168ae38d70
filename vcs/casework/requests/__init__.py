"""What witness care units' programs ask: kept first, then done with the verbs of the web forms."""

from vcs.casework.requests.deciding import ask_about_late, decide_request, reveal_request
from vcs.casework.requests.desk import (
    attach_early,
    attach_waiting_referrals,
    read_requests,
)
from vcs.casework.requests.keeping import LONGEST_WAIT, KeptRequest, keep_request, read_and_check

__all__ = [
    "LONGEST_WAIT",
    "KeptRequest",
    "ask_about_late",
    "attach_early",
    "attach_waiting_referrals",
    "decide_request",
    "keep_request",
    "read_and_check",
    "read_requests",
    "reveal_request",
]
