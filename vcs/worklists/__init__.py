"""Reads for screens and jobs. Nothing here writes."""

from vcs.worklists.dates import DeadlineView, State
from vcs.worklists.decisions import DecisionAsAt, DecisionCard, EarlierDecision, SentenceView
from vcs.worklists.letters import LetterPage, letter_facts, letter_page, letter_pdf
from vcs.worklists.messages import (
    Health,
    SetAsideKind,
    SetAsideMessage,
    SetAsideRow,
    health,
    message_text,
    receipt,
    set_aside,
    set_aside_kinds,
    set_aside_message,
    set_aside_older_than,
)
from vcs.worklists.paging import Page
from vcs.worklists.referral import (
    ChoiceView,
    HistoryLine,
    LetterView,
    ReferralView,
    VictimView,
    decision_as_at,
    referral_page,
)
from vcs.worklists.staff import ClientRow, StaffRow, list_accounts, list_clients, vlos_of_region
from vcs.worklists.tasks import TaskRow, TaskView, task_page, tasks
from vcs.worklists.upkeep.counts import Counts, example_counts
from vcs.worklists.upkeep.due import (
    AlertFacts,
    Recipient,
    Recount,
    alert_facts,
    last_runs,
    missed_candidates,
    owed_alert_ids,
    to_count_again,
)
from vcs.worklists.upkeep.invariants import invariant_problems, require_keys
from vcs.worklists.upkeep.replay import Replayed, replay
from vcs.worklists.upkeep.state import state
from vcs.worklists.worklist import Headline, WorklistRow, headline, worklist

__all__ = [
    "AlertFacts",
    "ChoiceView",
    "ClientRow",
    "Counts",
    "DeadlineView",
    "DecisionAsAt",
    "DecisionCard",
    "EarlierDecision",
    "Headline",
    "Health",
    "HistoryLine",
    "LetterPage",
    "LetterView",
    "Page",
    "Recipient",
    "Recount",
    "ReferralView",
    "Replayed",
    "SentenceView",
    "SetAsideKind",
    "SetAsideMessage",
    "SetAsideRow",
    "StaffRow",
    "State",
    "TaskRow",
    "TaskView",
    "VictimView",
    "WorklistRow",
    "alert_facts",
    "decision_as_at",
    "example_counts",
    "headline",
    "health",
    "invariant_problems",
    "last_runs",
    "letter_facts",
    "letter_page",
    "letter_pdf",
    "list_accounts",
    "list_clients",
    "message_text",
    "missed_candidates",
    "owed_alert_ids",
    "receipt",
    "referral_page",
    "replay",
    "require_keys",
    "set_aside",
    "set_aside_kinds",
    "set_aside_message",
    "set_aside_older_than",
    "state",
    "task_page",
    "tasks",
    "to_count_again",
    "vlos_of_region",
    "worklist",
]
