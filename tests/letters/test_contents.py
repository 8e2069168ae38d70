"""Which facts a letter needs, what it says when one is missing, and what it never takes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from letters import LetterRefused
from letters.catalogue import INITIAL_CONTACT
from letters.making.contents import (
    NEEDED,
    Contents,
    Wanted,
    compose,
    from_json,
    missing_facts,
    to_json,
)
from letters.making.given import CourtOrder, Facts
from tests.letters.a_letter import contents, facts, facts_without
from tests.letters.language.test_wording import imposed, sentencing
from vcs.errors import NotValid
from vcs.terms import Language, LetterFormat, LetterLanguage, Route, SentenceKind, Term

ONLY_SOMETIMES = ("restricted", "shared_address_accepted")

"""Facts needed only by hospital orders, and only where the offender is known at the address."""


def initial_contact(language: Language, given: Facts) -> Contents:
    return compose(Wanted(INITIAL_CONTACT, language), given)


def test_nothing_is_missing_from_whole_facts() -> None:
    assert missing_facts(facts()) == ()


@pytest.mark.parametrize(("key", "words"), [n for n in NEEDED if n[0] not in ONLY_SOMETIMES])
def test_each_missing_fact_is_named_in_plain_words(key: str, words: str) -> None:
    assert missing_facts(facts_without(key)) == (words,)


def test_a_letter_to_an_address_of_the_offender_waits_for_a_manager() -> None:
    whole = facts()
    theirs = (*_lines_of(whole["address"]), str(whole["postcode"]))

    waiting = facts(offender_address=theirs)
    (missing,) = missing_facts(waiting)
    assert "a manager's approval" in missing
    with pytest.raises(LetterRefused):
        initial_contact(Language.ENGLISH, waiting)
    assert missing_facts(facts(offender_address=theirs, shared_address_accepted=True)) == ()


def test_a_letter_that_leaves_by_email_alone_needs_no_address_and_holds_none() -> None:
    given = facts(address=(), postcode="", safe_to_post=None, leaves_by_email=True)
    made = compose(Wanted(INITIAL_CONTACT, Language.ENGLISH, LetterFormat.TEXT), given)
    assert made.window == (given["addressee"],)
    on_paper = Wanted(INITIAL_CONTACT, Language.ENGLISH)
    with pytest.raises(LetterRefused, match="address"):
        compose(on_paper, given)


def test_another_spelling_of_the_offenders_address_is_the_same_place() -> None:
    whole = facts()
    postcode = str(whole["postcode"]).lower().replace(" ", "")
    theirs = (*(line.upper() for line in _lines_of(whole["address"])), postcode)

    assert missing_facts(facts(offender_address=theirs)) != ()


def test_an_address_that_is_not_the_offenders_needs_nobody_else() -> None:
    assert missing_facts(facts(offender_address=("1 Example Street", "EX1 1EX"))) == ()
    assert missing_facts(facts(offender_address=())) == ()


def _lines_of(address: object) -> list[str]:
    assert isinstance(address, (tuple, list))
    return [str(line) for line in address]


def test_the_words_are_those_an_officer_reads() -> None:
    named = missing_facts(facts_without("postcode", "safe_to_post", "vlo_phone", "unit_email"))
    assert named == (
        "the victim's postcode, or the country if it is abroad",
        "that it is safe to write to this address",
        "the victim liaison officer's phone number",
        "the unit's email address",
    )


@pytest.mark.parametrize("value", [None, "", "  ", "unknown", "Not known", "TBC", "n/a", "?", ()])
def test_a_blank_or_an_unknown_is_a_missing_fact(value: object) -> None:
    assert missing_facts(facts(court_name=value)) == ("the name of the court",)


@pytest.mark.parametrize("safe", [None, False, "yes", 1])
def test_only_a_plain_yes_makes_an_address_safe(safe: object) -> None:
    assert missing_facts(facts(safe_to_post=safe)) == ("that it is safe to write to this address",)


def test_a_length_is_needed_for_prison_and_not_for_life_or_hospital() -> None:
    assert missing_facts(facts(term=None)) == ("how long the sentence is",)
    assert missing_facts(facts(sentence_kind=SentenceKind.LIFE, term=None)) == ()
    order = facts(sentence_kind=SentenceKind.HOSPITAL_ORDER, term=None, restricted=False)
    assert missing_facts(order) == ()


def test_whether_a_hospital_order_is_restricted_must_be_known() -> None:
    order = facts(sentence_kind=SentenceKind.HOSPITAL_ORDER)
    assert missing_facts(order) == ("whether the hospital order has restrictions",)


@pytest.mark.parametrize(
    ("route", "order"),
    [
        (Route.HOSPITAL_RESTRICTED, CourtOrder.RESTRICTED_HOSPITAL_ORDER),
        (Route.HOSPITAL_UNRESTRICTED, CourtOrder.HOSPITAL_ORDER),
    ],
)
def test_the_route_says_whether_a_hospital_order_is_restricted(
    route: Route, order: CourtOrder
) -> None:
    made = contents(sentence_kind=SentenceKind.HOSPITAL_ORDER, route=route)
    assert made.fact("court_order") == order


def test_the_courts_own_facts_stand_in_for_the_sentence() -> None:
    held = facts_without("sentence_kind", "term")
    court_facts = sentencing(imposed(SentenceKind.EXTENDED, Term(years=9)))
    made = initial_contact(Language.ENGLISH, {**held, "sentencing": court_facts})
    assert made.fact("sentence") == "an extended sentence of 9 years"


def test_what_an_officer_states_stands_over_the_courts_facts() -> None:
    court_facts = sentencing(imposed(SentenceKind.IMPRISONMENT))
    made = contents(sentencing=court_facts, term=Term(years=7))
    assert made.fact("sentence") == "a prison sentence of 7 years"


def test_a_letter_with_a_fact_missing_is_refused_and_the_fields_named() -> None:
    with pytest.raises(LetterRefused, match="the victim's postcode") as refusal:
        initial_contact(Language.ENGLISH, facts_without("postcode", "reference"))
    assert list(refusal.value.fields) == ["postcode", "reference"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sentence_kind", SentenceKind.SUSPENDED),
        ("sentence_kind", SentenceKind.NON_CUSTODIAL),
        ("postcode", "ZZ1 1AA"),
        ("address", ["No fixed abode"]),
        ("vlo_phone", "123"),
        ("vlo_phone", "ring me on 020 7946 0000"),
        ("unit_email", "not an address"),
        ("unit_email", "a@b.example?cc=c@d.example"),
        ("written_on", "soon"),
        ("reply_by", date(2026, 11, 23)),
        ("sentenced_on", date(2026, 11, 24)),
    ],
)
def test_a_fact_that_cannot_be_right_is_refused_by_name(key: str, value: object) -> None:
    with pytest.raises(LetterRefused) as refusal:
        contents(**{key: value})
    assert list(refusal.value.fields) == [key]


@pytest.mark.parametrize("key", ["standing", "sentence_kind"])
def test_a_word_outside_the_glossary_is_a_missing_fact(key: str) -> None:
    assert missing_facts(facts(**{key: "complainant"})) == (dict(NEEDED)[key],)


def test_the_plain_words_of_the_glossary_do_as_well() -> None:
    made = contents(standing="next of kin", sentence_kind="imprisonment")
    assert made == contents(standing=made.fact("standing"))


def test_a_moment_is_taken_as_its_date() -> None:
    made = contents(written_on=datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert made.fact("written_on") == date(2026, 11, 23)


def test_the_officers_own_email_goes_before_the_units() -> None:
    assert contents().fact("email") == "victim.liaison@example.org"
    assert contents(vlo_email="own@example.org").fact("email") == "own@example.org"


def test_the_salutation_is_the_name_unless_another_is_given() -> None:
    assert contents().fact("salutation") == "Ms Mair Tŷ-Newydd"
    assert contents(salutation="Mair").fact("salutation") == "Mair"


def test_a_welsh_court_name_is_used_in_a_welsh_letter_only() -> None:
    named = {"court_name": "Inner London Crown Court"}
    named["court_name_welsh"] = "Llys y Goron Canol Dinas Llundain"
    assert (
        contents(Language.WELSH, **named).fact("court_name") == "Llys y Goron Canol Dinas Llundain"
    )
    assert contents(Language.ENGLISH, **named).fact("court_name") == "Inner London Crown Court"


def test_facts_a_letter_has_no_use_for_are_not_in_it() -> None:
    made = contents(offender_name="Xavier Quill", offence="robbery", prison="HMP Somewhere")
    assert made == contents()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("changes", [{}, {"reply_by": None, "unit_address": ()}])
def test_contents_come_back_from_json_as_they_went(
    language: Language, changes: dict[str, object]
) -> None:
    made = contents(language, **changes)
    assert from_json(to_json(made)) == made


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"language": "fr"}'])
def test_what_is_no_letter_is_not_read_as_one(text: str) -> None:
    with pytest.raises(NotValid):
        from_json(text)


KEPT_BEFORE = (
    '{"court_name": "Cardiff Crown Court", "court_order": "custody", "email": "a@example.org", '
    '"language": "en", "phone": "029 2018 0123", "reference": "VCS-7K3M-9QTD", "reply_by": null, '
    '"salutation": "Ms Example", "sentence": "a life sentence", "sentenced_on": "2026-10-02", '
    '"standing": "victim", "unit_address": [], "unit_area": "Wales", "vlo_name": "A Name", '
    '"window": ["Ms Example", "1 Example Street", "LS1 3AB"], "written_on": "2026-11-23"}'
)


def test_contents_that_were_kept_when_there_was_one_letter_are_read_still() -> None:
    made = from_json(KEPT_BEFORE)
    assert (made.kind, made.language, made.format) == ("initial-contact", "en", "standard")
    assert made.fact("sentenced_on") == date(2026, 10, 2)
    assert made.window == ("Ms Example", "1 Example Street", "LS1 3AB")


def test_a_letter_in_both_languages_has_its_facts_in_each() -> None:
    made = contents(LetterLanguage.BILINGUAL)
    assert [part.language for part in made.parts] == [Language.WELSH, Language.ENGLISH]
    told = [part.facts["sentence"] for part in made.parts]
    assert told == [
        "ddedfryd o garchar am 4 blynedd a 6 mis",
        "a prison sentence of 4 years and 6 months",
    ]
    assert from_json(to_json(made)) == made
