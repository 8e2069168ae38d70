"""The words that pages show, a file for each noun, gathered under one name for templates."""

from api.staff.words.accounts import ROLES
from api.staff.words.choices import CHOICES
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
from api.staff.words.feeds import VOICES
from api.staff.words.history import EVENTS, detail
from api.staff.words.ledger import LEDGER, MESSAGES
from api.staff.words.letters import LETTER_QUESTIONS, LETTER_STATUSES, LETTERS, value
from api.staff.words.needs import FOR_THE_PERSON, NEED_ANSWERS, NEED_OUTCOMES
from api.staff.words.offences import LISTINGS, PARTS
from api.staff.words.referrals import BASES, CLOSED_REASONS, PROPOSED, PROPOSERS, STATUSES
from api.staff.words.tasks import ADDRESS_FINDINGS, TASKS
from api.staff.words.text import day, days, london_day, moment, plain, sentence, short_day, spoken
from api.staff.words.victims import LANGUAGES, SAFE_TO_POST, STANDINGS

__all__ = [
    "ADDRESS_FINDINGS",
    "ANSWERS",
    "BASES",
    "CHASE_ANSWERS",
    "CHOICES",
    "CLIENTS",
    "CLOSED_REASONS",
    "CONDITIONS",
    "CONDITION_ANSWERS",
    "CONTACT_WAYS",
    "DUTY_NAMES",
    "EVENTS",
    "FOR_THE_PERSON",
    "LANGUAGES",
    "LEDGER",
    "LETTERS",
    "LETTER_QUESTIONS",
    "LETTER_STATUSES",
    "LISTINGS",
    "MESSAGES",
    "NEED_ANSWERS",
    "NEED_OUTCOMES",
    "OUTCOMES",
    "OUTCOME_CARDS",
    "OUTCOME_TAGS",
    "OWED_BY",
    "PARTS",
    "PROPOSED",
    "PROPOSERS",
    "REACHED",
    "REQUESTS",
    "REQUEST_STATUSES",
    "ROLES",
    "ROUTES",
    "SAFE_TO_POST",
    "STANDINGS",
    "STATEMENT_STEPS",
    "STATUSES",
    "TASKS",
    "URGENT",
    "VOICES",
    "WHOSE_TURN",
    "day",
    "days",
    "detail",
    "how_long",
    "london_day",
    "moment",
    "plain",
    "plainly",
    "provision",
    "sentence",
    "short_day",
    "spoken",
    "value",
]
