"""A letter to a partner is found: by search, on the old wording, in a pack; in Wales in both."""

from __future__ import annotations

import pytest
from sqlmodel import select, update

from letters.making.asking import questions
from tests.journeys.world import World
from tests.post.others.a_partner import approve, the_letter
from tests.post.others.test_others import BROUGHT, ready
from vcs.inspection.chronology import chronology
from vcs.post.catalogue import letter as row_of
from vcs.post.language.welsh import WALES, WRITTEN_BY_A_PERSON
from vcs.post.others import letters
from vcs.post.others.about import about_letter
from vcs.post.others.destinations.recipients import choices
from vcs.post.others.find import find_other
from vcs.post.others.withdraw import new_draft
from vcs.post.records import LetterRecord
from vcs.post.stale.old_wording import on_old_wording
from vcs.referrals.records import Referral
from vcs.search.reads import Kind, search
from vcs.sentences.records import Sentence
from vcs.terms import LetterLanguage, Role

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("kind", ["hospital-managers-notice", "youth-offending-team"])
def test_it_is_found_by_its_reference_and_by_nobody_elsewhere(world: World, kind: str) -> None:
    reference = ready(world, kind)
    manager, elsewhere = world.people[Role.MANAGER], world.hire(Role.MANAGER, "Elsewhere", WALES)
    with world.db.reading() as session:
        found = search(session, world.sealer, manager, reference).hits
        theirs = search(session, world.sealer, elsewhere, reference).hits
    assert [(one.kind, one.reference) for one in found] == [(Kind.LETTER_TO_PARTNER, reference)]
    assert theirs == ()


@pytest.mark.parametrize("kind", ["hospital-managers-notice", "youth-offending-team"])
def test_it_is_listed_on_the_old_wording_for_who_may_see_it(world: World, kind: str) -> None:
    reference = ready(world, kind)
    approve(world, reference, Role.VLO)
    elsewhere = world.hire(Role.MANAGER, "Elsewhere", WALES)
    with world.db.reading() as session:
        (old,) = on_old_wording(session, world.people[Role.MANAGER], {"today"}).letters
        assert on_old_wording(session, elsewhere, {"today"}).count == 0
    assert (old.reference, old.is_to_others) == (reference, True)


def test_it_is_in_the_chronology_of_its_case_and_names_nobody(world: World) -> None:
    approve(world, ready(world, "hospital-managers-notice"), Role.VLO)
    with world.db.reading() as session:
        sentence_id = session.exec(select(Sentence.id)).one()
        text = str(chronology(session, sentence_id, world.today))
    assert "Letter approved: hospital managers notice" in text
    assert "Canary" not in text


@pytest.mark.parametrize("kind", BROUGHT)
def test_in_wales_it_is_drafted_in_both_languages_unless_a_person_writes_of_it(
    world: World, kind: str
) -> None:
    ready(world, kind)
    with world.db.writing() as session:
        session.execute(update(Sentence).values(region_code=WALES))
        session.execute(update(Referral).values(region_code=WALES))
        letter = session.get_one(LetterRecord, the_letter(world, kind).id)
        about = about_letter(session, world.sealer, letter, world.clock.now())
        language = new_draft(about, kind, "").language
    by_a_person = WRITTEN_BY_A_PERSON & set(row_of(kind).facts)
    assert language == (LetterLanguage.ENGLISH if by_a_person else LetterLanguage.BILINGUAL)
    assert {one.fact for one in questions(kind)} >= by_a_person


def test_welsh_that_nobody_signed_goes_with_the_english_beside_it(world: World) -> None:
    reference = ready(world, "chase-witness-care")
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter = session.exec(select(LetterRecord)).one()
        found = choices(session, letter, find_other(work, reference)[1])
        letters.choose_office(work, reference, found[0].reference, LetterLanguage.WELSH)
    assert the_letter(world, "chase-witness-care").language == LetterLanguage.BILINGUAL
    approve(world, reference)
