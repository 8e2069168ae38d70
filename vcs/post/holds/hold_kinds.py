"""Why a letter may be held, and when the gate asks. Names alone: the catalogue reads them too."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """What is about to be done with a letter."""

    DRAFT = "draft"
    APPROVE = "approve"
    OPEN = "open"
    DESPATCH = "despatch"


class HoldKind(StrEnum):
    """Why a letter is held. A row of the catalogue names those that stop its kind of letter."""

    CLOSED = "closed"
    NEVER_CONTACT = "never_contact"
    POST_NEVER = "post_never"
    DECEASED = "deceased"
    SAID_DECEASED = "said_deceased"
    EXCLUDED = "excluded"
    CAME_OF_AGE = "came_of_age"
    NO_ADULT = "no_adult"
    OPTED_OUT = "opted_out"
    NOT_NOW = "not_now"
    CHOSE_OTHERWISE = "chose_otherwise"
    NO_ADDRESS = "no_address"
    NOT_SAFE_TO_POST = "not_safe_to_post"
    UNCONFIRMED_ADDRESS = "unconfirmed_address"
    NOTE_FORBIDS = "note_forbids"
    NOTE_UNSETTLED = "note_unsettled"
    NOTE_IN_NAME = "note_in_name"
    CHANGED = "changed"
    SIGNED_OTHERWISE = "signed_otherwise"
    SENTENCE_ASKED = "sentence_asked"
    INSTRUCTION_ASKED = "instruction_asked"
    PERSON_ASKED = "person_asked"
    NAME_IN_DOUBT = "name_in_doubt"
    EARLIER_OPT_OUT = "earlier_opt_out"
    KEPT_APART = "kept_apart"
    SECOND_LETTER = "second_letter"
    SHARED_ADDRESS = "shared_address"
    FORMAT = "format"
    ONLY_VIA = "only_via"
    FIRST_TO_CHANGED_ADDRESS = "first_to_changed_address"
    RETURNED = "returned"
    NOT_PREPARED = "not_prepared"
    HARD_DAY = "hard_day"
    UNDER_EMBARGO = "under_embargo"
    TOLD_TOGETHER = "told_together"
    PARTICULAR_ADDRESS = "particular_address"
    NO_EMAIL = "no_email"
    CHANGED_EMAIL = "changed_email"
    SHARED_MAILBOX = "shared_mailbox"


class Concerns(StrEnum):
    """Where a letter must be about to go for a reason to hold it.

    ``ADDRESS`` is the postal one: it does not hold what leaves by email alone. ``MAILBOX`` holds
    what may leave by email.
    """

    ANY_WAY = "any way"
    ADDRESS = "the postal address"
    MAILBOX = "the email address"
