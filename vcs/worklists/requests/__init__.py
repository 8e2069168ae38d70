"""Requests of witness care units' programs: what became of one, and which wait."""

from vcs.worklists.requests.early import EarlyCounts, EarlyRow, early_counts, early_requests
from vcs.worklists.requests.receipts import late_requests, request_receipt

__all__ = [
    "EarlyCounts",
    "EarlyRow",
    "early_counts",
    "early_requests",
    "late_requests",
    "request_receipt",
]
