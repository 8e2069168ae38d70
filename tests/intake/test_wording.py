"""What words alone settle: custody is never read away, and what is plainly none is no question."""

from __future__ import annotations

import time

import pytest

from vcs.intake.results import result_tables
from vcs.intake.results.wording import pronounces_custody, read
from vcs.terms import SentenceKind

MAY_BE_CUSTODY = """
Imprisonment 8 years and 12 months in default
Imprisonment 8 years 12 months in default
Imprisonment 8 years, 12 months in default of payment
Imprisonment for 1 year and 6 months in default of the confiscation order
8 years and 12 months in default
8 years, and 12 months imprisonment in default of the confiscation order
8 years plus a consecutive 12 months in default
12 months imprisonment in default of payment of the order and 8 years imprisonment for rape
Committed to prison for 8 years and 28 days in default of payment
Prison 3 years, less 41 days on remand
Three years inside
Prision 36 months
Inprisonment, costs £85
Imprisonmnet, notice of appeal given
Sent down for 4 years
Carchar am 3 blynedd
Carcharu am 36 mis, llai 40 diwrnod ar remand
Dedfryd o 3 blynedd o garchar
SOPC
EDS 8 years
Custodial sentence reduced for plea
3 years custody, credit for plea
Total 36 months, prison
Gaol 18 months
Jailed for two years
36/12
two and a half years
Detained
Costs £85. Prison.
Disqualified from driving for 3 years and imprisonment for 2 years
Committed to prison for 3 years. Bail refused. Warrant of commitment issued.
Warrant of commitment to prison
Community order revoked and dealt with afresh - 3 years
Bail refused, 3 years
Suspended sentence activated in full
Suspended sentence of 18 months not suspended, to serve
Young offender institution, 3 years
Hospital order
s37/41
Life with a minimum term of 18 years
Released on licence, time served
Remanded in custody. Sentenced to 3 years.
Remanded in custody, 3 years imprisonment imposed on count 2
Remanded in custody with 3 years to follow
Fined £200. Immediate custody.
Fined £200, 36 months
Penal servitude
No bail. 12 weeks.
Default of appearance: prison 18 months
3 years imprisonment, 28 days in default consecutive
Notice given. Section 250.
Guilty plea taken into account, 3 years
Credit for plea, 3 years
hosppital order, costs £85
Detenion
Notice of appeal, 30 months
Victim surcharge and 18 months
Restraining order for 5 years, 3 years
Hearing at 10:00, 24 months
""".strip().splitlines()

SETTLED = {
    "Remanded in custody until 3 May for sentence": result_tables.NOT_A_SENTENCE,
    "Remanded in custody until 3 May 2026 at Leeds Crown Court": result_tables.NOT_A_SENTENCE,
    "Remandio yn y ddalfa tan 3 Mai": result_tables.NOT_A_SENTENCE,
    "Gohiriwyd tan 3 Mai": result_tables.NOT_A_SENTENCE,
    "Committed to the Crown Court for sentence in custody": result_tables.NOT_A_SENTENCE,
    "Committed for sentence": result_tables.NOT_A_SENTENCE,
    "Adjourned to 3 May 2026 for reports": result_tables.NOT_A_SENTENCE,
    "Sentence deferred until 3 May": result_tables.NOT_A_SENTENCE,
    "Warrant for arrest": result_tables.NOT_A_SENTENCE,
    "Bench warrant issued not backed for bail": result_tables.NOT_A_SENTENCE,
    "Costs £85 to be paid within 28 days": result_tables.NOT_A_SENTENCE,
    "Disqualified for life": result_tables.NOT_A_SENTENCE,
    "Disqualified from driving for 3 years": result_tables.NOT_A_SENTENCE,
    "Restraining order until 3 May 2030": result_tables.NOT_A_SENTENCE,
    "Not guilty": result_tables.NOT_A_SENTENCE,
    "Defendant's guilty plea taken into account when imposing sentence.": (
        result_tables.NOT_A_SENTENCE
    ),
    "Time on remand to count": result_tables.PART_OF_A_SENTENCE,
    "Remand days shall count towards the sentence": result_tables.PART_OF_A_SENTENCE,
    "Credit for 41 days on remand": result_tables.PART_OF_A_SENTENCE,
    "Overall length of sentence is 11 months": result_tables.PART_OF_A_SENTENCE,
    "Sentence varied": result_tables.SENTENCE_VARIED,
    "Suspended sentence order": SentenceKind.SUSPENDED,
    "18 months imprisonment suspended for 24 months": SentenceKind.SUSPENDED,
    "Committed to prison for 28 days in default of payment": SentenceKind.DEFAULT_CUSTODY,
    "Fined £200, 14 days in default": SentenceKind.DEFAULT_CUSTODY,
    "Fined £200": SentenceKind.NON_CUSTODIAL,
    "Dirwy o £200": SentenceKind.NON_CUSTODIAL,
    "Gorchymyn cymunedol 12 mis": SentenceKind.NON_CUSTODIAL,
    "Conditional discharge for 12 months": SentenceKind.NON_CUSTODIAL,
    "Community order 12 months, 100 hours unpaid work, reduced for plea": (
        SentenceKind.NON_CUSTODIAL
    ),
    "As he was told": result_tables.UNCLEAR,
    "Reference 77": result_tables.UNCLEAR,
}


@pytest.mark.parametrize("words", MAY_BE_CUSTODY)
def test_words_that_may_be_custody_are_an_unknown_sentence(words: str) -> None:
    assert read(words) is SentenceKind.UNKNOWN
    assert read(words.upper()) is SentenceKind.UNKNOWN


@pytest.mark.parametrize("words", SETTLED)
def test_words_that_are_explained_to_the_last_settle_what_a_result_is(words: str) -> None:
    assert read(words) == SETTLED[words]
    assert read(f"  {words.upper()}\n") == SETTLED[words]


@pytest.mark.parametrize("note", [words for words in SETTLED if "default" not in words])
def test_nothing_that_is_said_beside_it_takes_custody_away(note: str) -> None:
    assert read(f"Imprisonment 3 years. {note}") is SentenceKind.UNKNOWN
    assert read(f"{note}. Sent to prison for 3 years") is SentenceKind.UNKNOWN


def test_custody_at_the_end_of_a_long_text_is_read() -> None:
    assert read("Costs £85. " * 800 + "Prison 3 years") is SentenceKind.UNKNOWN


def test_every_form_says_why_it_settles_what_it_settles() -> None:
    assert [row["form"] for row in result_tables.FREE_TEXT_FORMS if not row["reason"]] == []


@pytest.mark.parametrize(
    ("words", "pronounced"),
    [
        ("Imprisonment for 16 months", True),
        ("Community order revoked. 16 months imprisonment", True),
        ("Sent to prison", True),
        ("Remanded in custody for 3 weeks", False),
        ("Committed to prison for 28 days in default of payment", False),
        ("12 months imprisonment suspended for 24 months", False),
        ("To report to the governor of the prison", False),
    ],
)
def test_custody_is_pronounced_only_where_nothing_explains_it(words: str, pronounced: bool) -> None:
    assert pronounces_custody(words) is pronounced


@pytest.mark.parametrize(
    "words", ["1 year 2 months ", "a for of term in ", "remanded in ", "total of ", "£1 fine to "]
)
def test_no_text_takes_long_to_read(words: str) -> None:
    began = time.process_time()

    read(words * 400)

    assert time.process_time() - began < 2


@pytest.mark.parametrize("words", ["A new order", "Gorchymyn newydd", "Form B", "Disposal"])
def test_a_note_does_not_explain_the_unknown_thing_it_follows(words: str) -> None:
    assert read(f"{words}. Costs £85") == result_tables.UNCLEAR
    assert read(f"{words}\nCollection order made") == result_tables.UNCLEAR
    assert read(f"{words} with credit for plea") == result_tables.UNCLEAR
