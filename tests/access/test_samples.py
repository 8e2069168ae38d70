"""A sample is drawn once from what both may see; its inspector sees that and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.access.test_restrictions import restricted
from tests.journeys.world import CARDIFF, ELIGIBLE, FRIDAY_20_MARCH, NOT_ELIGIBLE, World, told
from vcs.access.actors import Actor
from vcs.access.emergency.opened import with_what_they_see
from vcs.access.inspection.records import InspectionSample, SampledSentence, SampleStratum
from vcs.access.rules import may_see, seen_by
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.inspection.draw import Among
from vcs.inspection.draw import draw as draw_by_seed
from vcs.inspection.look import note_inspected
from vcs.inspection.reads import sample_page, samples
from vcs.inspection.sample import LARGEST, OPEN_FOR, SampleEntry, draw_sample
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.terms import Role


def draw(world: World, size: int = 50, who: Role = Role.MANAGER, **days: date) -> str:
    """Draw a sample of what was passed since March, by default; return its reference."""
    asked = {"from_on": FRIDAY_20_MARCH, "to_on": world.today} | days
    inspector = world.people[Role.INSPECTOR].account_id
    with world.db.writing() as session:
        work = world.work(session, world.people[who])
        entry = SampleEntry(inspector, size, asked["from_on"], asked["to_on"])
        return draw_sample(work, entry).reference


def sees(world: World, who: Actor) -> set[str]:
    """Return the referrals that somebody sees, by the rule in SQL and in Python alike."""
    with world.db.reading() as session:
        actor = with_what_they_see(session, replace(who), world.clock.now())
        by_query = set(session.exec(select(Referral.reference).where(seen_by(actor, Referral))))
        every = session.exec(select(Referral)).all()
    assert by_query == {one.reference for one in every if may_see(actor, one)}
    return by_query


def sentence_of(world: World) -> dict[str, str]:
    """Return the sentence's reference by its referral's."""
    with world.db.reading() as session:
        query = select(Referral.reference, Sentence.reference).join(Sentence)
        return dict(session.exec(query).all())


@pytest.fixture
def cases(world: World) -> list[str]:
    """Return the referrals of three cases of the region; one of another region came as well."""
    second, third = ("Other", *ELIGIBLE), ("Third", *ELIGIBLE)
    world.court_tells(
        told(),
        told(FRIDAY_20_MARCH, second, urn="13EX0000226"),
        told(FRIDAY_20_MARCH, third, urn="13EX0000326"),
    )
    ours = world.referrals()
    world.court_tells(told(court=CARDIFF, urn="62EX0000126"))
    return ours


def test_an_inspector_sees_what_was_drawn_until_the_sample_ends(
    world: World, cases: list[str]
) -> None:
    inspector = world.people[Role.INSPECTOR]
    assert sees(world, inspector) == set()
    sample = draw(world, size=2)
    drawn = sees(world, inspector)
    assert len(drawn) == 2
    assert drawn < set(cases)
    assert sees(world, world.hire(Role.INSPECTOR, "Other Inspector")) == set()
    last = world.today + OPEN_FOR
    for day, seen in ((last, drawn), (last + timedelta(days=1), set())):
        world.clock.move_to(day)
        assert sees(world, inspector) == seen
    with world.db.reading() as session:
        row = session.exec(select(InspectionSample)).one()
        assert (row.reference, row.size, row.out_of) == (sample, 2, 3)


def test_looking_draws_nothing(world: World, cases: list[str]) -> None:
    sample = draw(world, size=2)

    def rows() -> list[tuple[int, int]]:
        with world.db.reading() as session:
            found = session.exec(select(SampledSentence).order_by("place"))
            return [(one.place, one.sentence_id) for one in found]

    before = rows()
    for role in (Role.INSPECTOR, Role.MANAGER, Role.HEAD):
        with world.db.reading() as session:
            who = with_what_they_see(session, world.people[role], world.clock.now())
            assert len(samples(session, who, world.today)) == 1
            page = sample_page(session, who, sample, world.today)
            assert [one.place for one in page.cases] == [1, 2]
    assert rows() == before


def test_what_is_restricted_is_not_drawn(world: World, cases: list[str]) -> None:
    restricted(world, world.people[Role.MANAGER], reference=cases[0])
    draw(world)
    assert sees(world, world.people[Role.INSPECTOR]) == set(cases[1:])


def test_only_who_decides_draws_and_only_from_days_with_sentences(
    world: World, cases: list[str]
) -> None:
    for role in Role:
        if role not in (Role.MANAGER, Role.HEAD):
            with pytest.raises(NotAllowed):
                draw(world, who=role)
    day = timedelta(days=1)
    wrong: tuple[tuple[int, dict[str, Any]], ...] = (
        (0, {}),
        (LARGEST + 1, {}),
        (1, {"from_on": FRIDAY_20_MARCH - 2 * day, "to_on": FRIDAY_20_MARCH - day}),
        (1, {"from_on": world.today, "to_on": world.today - day}),
        (1, {"to_on": world.today + day}),
    )
    for size, days in wrong:
        with pytest.raises(NotValid):
            draw(world, size, **days)


def test_a_look_is_kept_and_nothing_outside_the_sample_opens(
    world: World, cases: list[str]
) -> None:
    sample = draw(world, size=1)
    (seen,) = sees(world, world.people[Role.INSPECTOR])
    of_sentence = sentence_of(world)
    for reference in cases:
        with world.db.writing() as session:
            who = with_what_they_see(session, world.people[Role.INSPECTOR], world.clock.now())
            work = world.work(session, who)
            if reference == seen:
                note_inspected(work, sample, of_sentence[reference])
            else:
                with pytest.raises(NotFound):
                    note_inspected(work, sample, of_sentence[reference])
    line = world.view(seen).history[0]
    assert (line.event, line.who) == ("referral.inspected", "Inspector")


def test_it_is_drawn_from_all_eligible_sentences_and_says_how_many_of_each(world: World) -> None:
    """N-16: a third never referred, one closed, one restricted, and one that is not eligible."""
    for number, name in enumerate(("Ash", "Birch", "Cedar", "Dogwood", "Elder", "Fir")):
        world.court_tells(told(FRIDAY_20_MARCH, (name, *ELIGIBLE), urn=f"13EX000{number}126"))
    world.court_tells(told(FRIDAY_20_MARCH, ("No", *NOT_ELIGIBLE), urn="13EX0007126"))
    referred, closed, hidden, *never = world.referrals()
    world.refer(referred)
    world.close_without_victim(reference=closed)
    restricted(world, world.people[Role.MANAGER], reference=hidden)
    sample = draw(world)
    with world.db.reading() as session:
        who = with_what_they_see(session, world.people[Role.INSPECTOR], world.clock.now())
        page = sample_page(session, who, sample, world.today)
    counts = {one.state: (one.eligible, one.drawn, one.restricted) for one in page.strata}
    assert counts == {"awaited": (4, 3, 1), "not_eligible": (1, 1, 0), "referred": (1, 1, 0)}
    assert [one.was_referred for one in page.cases].count(False) == len(never) + 1
    assert (page.sample.size, page.sample.out_of) == (5, 6)
    with world.db.reading() as session:
        among = Among("N55", FRIDAY_20_MARCH, world.today)
        again = draw_by_seed(session, 50, page.seed, among)
        rows = session.exec(select(SampledSentence.sentence_id).order_by("place"))
        assert tuple(rows) == again.sentences
        assert sum(one.drawn for one in session.exec(select(SampleStratum))) == 5
