"""**The** facts that letters may use: what each is called, how it is read, what it may hold.

A letter's row in ``vcs/post/rows`` names its facts; its template is given those and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from letters.despatch.scanning import return_reference
from letters.language import wording
from letters.making import given, values
from letters.making.values import Asked, Value
from vcs.post.catalogue import Forbidden


class Shape(StrEnum):
    """How a fact is kept: what turns it into JSON and back."""

    TEXT = "text"
    DATE = "date"
    YES_NO = "yes or no"
    NUMBER = "number"
    LINES = "lines"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Fact:
    """One row.

    ``words`` is what a person is asked for. ``read`` returns the value as the letter has it, and
    raises LetterRefused for one that cannot be right. ``needs`` are the given facts it is made
    of, its own name where there are none. ``may_hold`` is what it may lawfully tell that letters
    as a rule must not. ``in_words`` is a text that must be given in each language.
    """

    name: str
    words: str
    read: Callable[[Asked, str], Value]
    shape: Shape = Shape.TEXT
    needs: tuple[str, ...] = ()
    may_hold: frozenset[Forbidden] = frozenset()
    in_words: bool = False


_D, _M = Shape.DATE, Shape.DATE

_HOSPITAL: Final = frozenset({Forbidden.HOSPITAL})

FACTS: Final[tuple[Fact, ...]] = (
    Fact(
        "window",
        "the name and address",
        lambda asked, _: given.window(asked.facts),
        Shape.LINES,
        ("addressee", "address", "postcode"),
    ),
    Fact("standing", given.NEEDED_WORDS["standing"], values.standing),
    Fact(
        "court_order",
        "what the court made",
        values.court_order,
        needs=("sentence_kind", "restricted"),
    ),
    Fact(
        "sentence",
        "the sentence",
        values.sentence,
        needs=("sentence_kind", "term"),
    ),
    Fact("sentenced_on", given.NEEDED_WORDS["sentenced_on"], values.past_day, _D),
    Fact(
        "court_name",
        given.NEEDED_WORDS["court_name"],
        lambda asked, _: given.court_name(asked.facts, asked.language),
    ),
    Fact("salutation", "how to address them", values.salutation, needs=("addressee",)),
    Fact("vlo_name", given.NEEDED_WORDS["vlo_name"], values.text),
    Fact(
        "phone",
        "the number to ring",
        lambda asked, _: given.phone(asked.facts),
        needs=("vlo_phone",),
    ),
    Fact(
        "unit_area",
        "the unit",
        lambda asked, _: wording.unit_area(given.text(asked.facts, "unit_name"), asked.language),
        needs=("unit_name",),
    ),
    Fact(
        "email",
        "the email address",
        lambda asked, _: given.email(asked.facts),
        needs=("unit_email",),
    ),
    Fact("reference", given.NEEDED_WORDS["reference"], values.text),
    Fact(
        "letter_reference",
        "the letter's own reference",
        lambda asked, name: return_reference(given.text(asked.facts, name)),
    ),
    Fact("written_on", given.NEEDED_WORDS["written_on"], values.day, _D),
    Fact("unit_address", "the unit's address", values.lines, Shape.LINES),
    Fact("reply_by", "the day to reply by", values.day_to_reply, _D),
    Fact("first_letter_on", "the day of the first letter", values.past_day, _D),
    Fact("chosen_on", "the day on which they chose", values.past_day, _D),
    Fact("level_of_contact", "how much they want to hear", values.option),
    Fact("year_events", "what happened this year", values.sentences, Shape.LINES, in_words=True),
    Fact("release_month", "the month of release", values.month, _M),
    Fact("released_month", "the month of the release", values.month, _M),
    Fact("parole_month", "the month of the parole review", values.month, _M),
    Fact("next_review_month", "the month of the next review", values.month, _M),
    Fact("licence_ends_month", "the month in which the licence ends", values.month, _M),
    Fact("custody_category", "the security category", values.option),
    Fact("changed_on", "the day on which the court changed the sentence", values.past_day, _D),
    Fact("still_in_scheme", "whether the scheme still applies", values.yes_or_no, Shape.YES_NO),
    Fact("stage", "how far it has come", values.option),
    Fact("answers", "the answer to each condition", values.answers, Shape.ANSWERS, in_words=True),
    Fact("conditions", "the conditions", values.sentences, Shape.LINES, in_words=True),
    Fact("decision", "what the Parole Board decided", values.option),
    Fact("outcome", "what was decided", values.option),
    Fact("hospital_name", "the name of the hospital", values.text, may_hold=_HOSPITAL),
    Fact(
        "hospital_address",
        "the address of the hospital",
        values.lines,
        Shape.LINES,
        may_hold=_HOSPITAL,
    ),
    Fact("ended_on", "the day on which the restrictions ended", values.past_day, _D),
    Fact("who_contacts", "who contacts the victim from now on", values.option),
    Fact("restricted", "whether there are restrictions", values.restricted, Shape.YES_NO),
    Fact("kind", "whether it was an escape or an absconding", values.option),
    Fact("told_on", "the day on which they were told", values.past_day, _D),
    Fact("decline_reason", "the reason why the scheme does not apply", values.words, in_words=True),
    Fact("closure_reason", "why contact ends", values.option),
    Fact("former_vlo_name", "the name of the officer before", values.text),
    Fact("introduced", "whether they have met the new officer", values.yes_or_no, Shape.YES_NO),
    Fact("case_reference", "the case reference", values.text),
    Fact(
        "due_on",
        "the day by which the referral was due",
        values.day,
        _D,
        may_hold=frozenset({Forbidden.COMPUTED_DATE}),
    ),
    Fact("days_late", "how many working days late it is", values.number, Shape.NUMBER),
    Fact("victim_wish", "what the victim wishes", values.words, in_words=True),
    Fact(
        "victim_name",
        "the victim's name",
        values.text,
        may_hold=frozenset({Forbidden.VICTIM_NAME}),
    ),
    Fact(
        "victim_address",
        "the victim's address",
        values.lines,
        Shape.LINES,
        may_hold=frozenset({Forbidden.VICTIM_ADDRESS}),
    ),
    Fact("patient_reference", "the hospital's reference for the patient", values.text),
    Fact("requests", "the conditions asked for", values.sentences, Shape.LINES, in_words=True),
)

BY_NAME: Final[Mapping[str, Fact]] = {fact.name: fact for fact in FACTS}
