"""Reads for screens and jobs. Nothing here writes."""

from vcs.worklists.dates import DeadlineView, State
from vcs.worklists.decisions import DecisionCard, EarlierDecision, SentenceView
from vcs.worklists.ledger.counts import Axis, Cell, Ledger, Line, ledger, monday, name_on
from vcs.worklists.ledger.feeds import (
    CodeRow,
    Feed,
    Voice,
    feeds,
    silence_due,
    silent,
    unknown_codes,
)
from vcs.worklists.ledger.proof import LastProof, Proof, last_proof, proof_due, prove
from vcs.worklists.ledger.rows import LedgerRow, ledger_rows
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
from vcs.worklists.staff import ClientRow, StaffRow, list_accounts, list_clients, vlos_of_region
from vcs.worklists.tasks import TaskRow, TaskView, task_page, tasks
from vcs.worklists.upkeep.counts import Counts, example_counts
from vcs.worklists.upkeep.due import (
    AlertFacts,
    NoticeFacts,
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
    "Axis",
    "Cell",
    "ChoiceView",
    "ClientRow",
    "CodeRow",
    "Counts",
    "DeadlineView",
    "DecisionCard",
    "EarlierDecision",
    "Feed",
    "Headline",
    "Health",
    "HistoryLine",
    "LastProof",
    "Ledger",
    "LedgerRow",
    "LetterPage",
    "LetterView",
    "Line",
    "NoticeFacts",
    "Page",
    "Proof",
    "Recipient",
    "ReferralView",
    "SentenceView",
    "SetAsideRow",
    "StaffRow",
    "State",
    "TaskRow",
    "TaskView",
    "VictimView",
    "Voice",
    "WorklistRow",
    "alert_facts",
    "example_counts",
    "feeds",
    "headline",
    "health",
    "invariant_problems",
    "last_proof",
    "last_runs",
    "ledger",
    "ledger_rows",
    "letter_facts",
    "letter_page",
    "letter_pdf",
    "list_accounts",
    "list_clients",
    "missed_candidates",
    "monday",
    "name_on",
    "owed_alert_ids",
    "proof_due",
    "prove",
    "receipt",
    "referral_page",
    "require_keys",
    "set_aside",
    "silence_due",
    "silent",
    "state",
    "task_page",
    "tasks",
    "unknown_codes",
    "vlos_of_region",
    "worklist",
]
