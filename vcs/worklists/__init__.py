"""Reads for screens and jobs. Nothing here writes."""

from vcs.worklists.dates import DeadlineView, State
from vcs.worklists.decisions import DecisionCard, EarlierDecision, SentenceView
from vcs.worklists.letters import LetterPage, letter_facts, letter_page, letter_pdf
from vcs.worklists.messages import Health, SetAsideRow, health, receipt, set_aside
from vcs.worklists.paging import Page
from vcs.worklists.referral import (
    ChoiceView,
    HistoryLine,
    LetterView,
    ReferralView,
    VictimView,
    referral_page,
)
from vcs.worklists.requests import (
    EarlyCounts,
    EarlyRow,
    early_counts,
    early_requests,
    late_requests,
    request_receipt,
)
from vcs.worklists.staff import ClientRow, StaffRow, list_accounts, list_clients, vlos_of_region
from vcs.worklists.tasks import TaskRow, TaskView, task_page, tasks
from vcs.worklists.upkeep.counts import Counts, example_counts
from vcs.worklists.upkeep.due import (
    AlertFacts,
    Recipient,
    alert_facts,
    last_runs,
    missed_candidates,
    owed_alert_ids,
)
from vcs.worklists.upkeep.invariants import invariant_problems, require_keys
from vcs.worklists.upkeep.state import state
from vcs.worklists.worklist import Headline, WorklistRow, headline, worklist

__all__ = [
    "AlertFacts",
    "ChoiceView",
    "ClientRow",
    "Counts",
    "DeadlineView",
    "DecisionCard",
    "EarlierDecision",
    "EarlyCounts",
    "EarlyRow",
    "Headline",
    "Health",
    "HistoryLine",
    "LetterPage",
    "LetterView",
    "Page",
    "Recipient",
    "ReferralView",
    "SentenceView",
    "SetAsideRow",
    "StaffRow",
    "State",
    "TaskRow",
    "TaskView",
    "VictimView",
    "WorklistRow",
    "alert_facts",
    "early_counts",
    "early_requests",
    "example_counts",
    "headline",
    "health",
    "invariant_problems",
    "last_runs",
    "late_requests",
    "letter_facts",
    "letter_page",
    "letter_pdf",
    "list_accounts",
    "list_clients",
    "missed_candidates",
    "owed_alert_ids",
    "receipt",
    "referral_page",
    "request_receipt",
    "require_keys",
    "set_aside",
    "state",
    "task_page",
    "tasks",
    "vlos_of_region",
    "worklist",
]
