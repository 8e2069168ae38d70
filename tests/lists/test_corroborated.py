"""Court, offence and length join what a score alone leaves open, and never what they contradict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vcs.intake.person_numbers import Number
from vcs.lists.matches import weights
from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.corroborate import corroborated, rarity_of
from vcs.lists.matches.held import Family, HeldSentence
from vcs.lists.matches.matching import Comparison, Described, Rule, Same, Window, compare
from vcs.lists.matches.pairing import pairs
from vcs.lists.matches.people import Person, cleaned, name_of
from vcs.lists.matches.weights import UNMEASURED, Rarity
from vcs.lists.reading.imposed import Imposed, Standing
from vcs.lists.reading.lines import Line, mark_of
from vcs.terms import Outcome, SentenceKind, Term

BORN, ON = date(1988, 3, 14), date(2026, 9, 18)

LEEDS, HULL = "C13LE", "C16HU"

WINDOW = Window(weights.prior(100_000), {ON: 300}, rarity=Rarity(6.0, 2.8, 3.8))

PNC, OTHER_PNC = mark_of(Number.PNC, "069000126L"), mark_of(Number.PNC, "199000402J")


def held(whole: str = "Tobiah Quillfeather", court: str = LEEDS, **more: object) -> HeldSentence:
    name = name_of(whole.rpartition(" ")[2], whole.rpartition(" ")[0])
    person = Person(name, BORN, whole=cleaned(whole), **more)  # type: ignore[arg-type]
    return HeldSentence(
        "VCS-1",
        "31NQ9900126",
        Described(person, sentenced_on=ON, court=court),
        Outcome.STATUTORY,
        ON,
        Family.CUSTODY,
        frozenset({"OF61016"}),
        frozenset({Term(years=6)}),
    )


def line(surname: str = "QUILLFEATHER", forename: str = "TOBIAH", **more: object) -> Line:
    person = Person(name_of(surname, forename), BORN)
    kept = Line(
        1,
        Described(person, sentenced_on=date(2026, 9, 21), court=LEEDS),
        Imposed(Standing.SENTENCED, SentenceKind.IMPRISONMENT, Term(months=72), "72 months"),
        "OF61016",
    )
    whose = {key: more.pop(key) for key in tuple(more) if key in ("born_on", "numbers")}
    described = replace(kept.described, person=replace(person, **whose))  # type: ignore[arg-type]
    described = replace(described, court=str(more.pop("court", LEEDS)))
    return replace(kept, described=described, **more)  # type: ignore[arg-type]


def judged(one: Line, other: HeldSentence, window: Window = WINDOW) -> Comparison:
    compared = compare(one.described, other.described, window)
    return corroborated(one, other, compared, window)


def test_another_day_at_the_same_court_for_the_same_offence_is_one_sentence() -> None:
    alone = compare(line().described, held().described, WINDOW)
    found = judged(line(), held())
    assert (alone.same, alone.weight) == (Same.UNSURE, 15.4)
    assert (found.same, found.rule, found.weight) == (Same.YES, Rule.SCORED, 15.4)
    assert "court equal (+6.0); offence equal (+2.8); length equal (+3.8)" in found.why


@pytest.mark.parametrize(
    "contradicted",
    [
        line(court=HULL),
        line(offence_code="TH68023"),
        line(imposed=Imposed(Standing.SENTENCED, SentenceKind.IMPRISONMENT, Term(months=40))),
        line(numbers={Number.PNC: OTHER_PNC}),
        line(born_on=None),
        line(born_on=date(1990, 8, 2)),
        line(forename="JOSIAH"),
        line(surname="MARRIEDNAME"),
        line("QUILFEATHER", "TOBIAM"),
    ],
    ids=[
        "court",
        "offence",
        "length",
        "number",
        "no birth day",
        "birth day",
        "twin",
        "surname",
        "typed",
    ],
)
def test_what_is_contradicted_stays_as_the_score_left_it(contradicted: Line) -> None:
    known = held(numbers={Number.PNC: PNC})
    alone = compare(contradicted.described, known.described, WINDOW)
    assert judged(contradicted, known) == alone
    assert alone.same is not Same.YES


def test_a_mistyped_name_and_birth_day_are_found_by_what_was_imposed() -> None:
    assert judged(line("QUILFEATHER"), held()).same is Same.NO
    same_day = replace(
        line("QUILFEATHER"), described=replace(line("QUILFEATHER").described, sentenced_on=ON)
    )
    assert judged(same_day, held()).same is Same.YES


def test_another_occasion_that_only_its_length_speaks_for_is_a_persons() -> None:
    told = line(court="", offence_code="")
    window = replace(WINDOW, rarity=Rarity(6.0, 2.8, 6.0))
    assert judged(told, held(), window).same is Same.YES
    found = pairs([told], Candidates([held()]), window)[1]
    assert found.pair is None
    assert [one.held.reference for one in found.unsure] == ["VCS-1"]


def test_nothing_is_joined_by_what_was_never_measured() -> None:
    assert rarity_of([held()] * 999) == UNMEASURED
    assert judged(line(), held(), replace(WINDOW, rarity=UNMEASURED)).same is Same.UNSURE


def test_what_everybody_shares_weighs_nothing_and_what_few_share_weighs_much() -> None:
    shared = [held(court=LEEDS)] * 1_000
    apart = [held(court=f"C{n % 100:02d}AA") for n in range(1_000)]
    assert rarity_of(shared).court == 0.0
    assert rarity_of(apart).court == 6.0
