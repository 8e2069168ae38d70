"""The words that pages show, a file for each noun, gathered under one name for templates."""

from api.staff.words.accounts import ROLES
from api.staff.words.choices import ASK_AGAIN, CHOICES
from api.staff.words.clients import CLIENTS
from api.staff.words.conditions import CONDITION_ANSWERS, STATEMENT_STEPS
from api.staff.words.contacts import CONTACT_WAYS, REACHED
from api.staff.words.decisions import (
    ANSWERS,
    CONDITIONS,
    OUTCOME_CARDS,
    OUTCOME_TAGS,
    OUTCOMES,
    ROUTES,
    URGENT,
    plainly,
    provision,
)
from api.staff.words.duties import DUTY_NAMES, OWED_BY, WHOSE_TURN, how_long
from api.staff.words.early_referrals import CHASE_ANSWERS, REQUEST_STATUSES, REQUESTS
from api.staff.words.events import (
    BECAUSE,
    EVENT_KINDS,
    EVENT_SOURCES,
    IF_OUT,
    NOT_TOLD,
    RISKS,
    UPDATE_ENDED,
    WAYS_TO_TELL,
    due_at,
    happened,
    how_soon,
    tell_by,
    update_every,
)
from api.staff.words.feeds import VOICES
from api.staff.words.history import EVENTS, detail
from api.staff.words.ledger import LEDGER, MESSAGES
from api.staff.words.letters import LETTER_QUESTIONS, LETTER_STATUSES, LETTERS, value
from api.staff.words.needs import FOR_THE_PERSON, NEED_ANSWERS, NEED_OUTCOMES
from api.staff.words.offences import LISTINGS, PARTS
from api.staff.words.preferences import BARS, HOW_KNOWN, RULES, WAYS
from api.staff.words.reading import READING_REFUSED, READING_SCOPES, READING_STOPPED
from api.staff.words.referrals import BASES, CLOSED_REASONS, PROPOSED, PROPOSERS, STATUSES
from api.staff.words.search import FOUND_KINDS
from api.staff.words.tasks import (
    ADDRESS_FINDINGS,
    DECLINE_REASONS,
    OFFER_ANSWERS,
    TASKS,
    UNIT_ANSWERS,
    may_answer,
    who_answers,
)
from api.staff.words.text import day, days, london_day, moment, plain, sentence, short_day, spoken
from api.staff.words.tracing import TRACE_OUTCOMES
from api.staff.words.victims import LANGUAGES, SAFE_TO_POST, STANDINGS
from api.staff.words.witness_care import (
    BECAME,
    FIELDS_SENT,
    MESSAGE_DECISIONS,
    MESSAGES_TO_UNIT,
    PROPOSAL_DECISIONS,
    REQUESTS_BECAME,
    SAID_TO_US,
    fields_sent,
    meanings,
)

__all__ = [
    "ADDRESS_FINDINGS",
    "ANSWERS",
    "ASK_AGAIN",
    "BARS",
    "BASES",
    "BECAME",
    "BECAUSE",
    "CHASE_ANSWERS",
    "CHOICES",
    "CLIENTS",
    "CLOSED_REASONS",
    "CONDITIONS",
    "CONDITION_ANSWERS",
    "CONTACT_WAYS",
    "DECLINE_REASONS",
    "DUTY_NAMES",
    "EVENTS",
    "EVENT_KINDS",
    "EVENT_SOURCES",
    "FIELDS_SENT",
    "FOR_THE_PERSON",
    "FOUND_KINDS",
    "HOW_KNOWN",
    "IF_OUT",
    "LANGUAGES",
    "LEDGER",
    "LETTERS",
    "LETTER_QUESTIONS",
    "LETTER_STATUSES",
    "LISTINGS",
    "MESSAGES",
    "MESSAGES_TO_UNIT",
    "MESSAGE_DECISIONS",
    "NEED_ANSWERS",
    "NEED_OUTCOMES",
    "NOT_TOLD",
    "OFFER_ANSWERS",
    "OUTCOMES",
    "OUTCOME_CARDS",
    "OUTCOME_TAGS",
    "OWED_BY",
    "PARTS",
    "PROPOSAL_DECISIONS",
    "PROPOSED",
    "PROPOSERS",
    "REACHED",
    "READING_REFUSED",
    "READING_SCOPES",
    "READING_STOPPED",
    "REQUESTS",
    "REQUESTS_BECAME",
    "REQUEST_STATUSES",
    "RISKS",
    "ROLES",
    "ROUTES",
    "RULES",
    "SAFE_TO_POST",
    "SAID_TO_US",
    "STANDINGS",
    "STATEMENT_STEPS",
    "STATUSES",
    "TASKS",
    "TRACE_OUTCOMES",
    "UNIT_ANSWERS",
    "UPDATE_ENDED",
    "URGENT",
    "VOICES",
    "WAYS",
    "WAYS_TO_TELL",
    "WHOSE_TURN",
    "day",
    "days",
    "detail",
    "due_at",
    "fields_sent",
    "happened",
    "how_long",
    "how_soon",
    "london_day",
    "may_answer",
    "meanings",
    "moment",
    "plain",
    "plainly",
    "provision",
    "sentence",
    "short_day",
    "spoken",
    "tell_by",
    "update_every",
    "value",
    "who_answers",
]
