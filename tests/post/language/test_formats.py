"""The format and language of a letter: what somebody's words ask for, and who chose it."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date

import pytest
from sqlmodel import select

from tests.journeys.world import World, a_victim, told
from vcs.access.versions import version_of
from vcs.errors import NotAllowed, NotFound
from vcs.post import catalogue
from vcs.post.cases.case import gather
from vcs.post.decisions import decide
from vcs.post.gate import Step, holds
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.language.formats import Written, suggested
from vcs.post.language.welsh import as_it_may_leave, for_reader
from vcs.post.letters import draft_letter
from vcs.post.records import LetterQuestion, LetterRecord
from vcs.post.subjects.given import give_facts
from vcs.terms import Language, LetterFormat, LetterLanguage, Role
from vcs.victims.records import Victim


@pytest.mark.parametrize(
    ("needs", "form"),
    [
        ("Large print please, 24 point; registered blind", LetterFormat.LARGE_PRINT),
        ("print bras", LetterFormat.LARGE_PRINT),
        ("Easy Read", LetterFormat.EASY_READ),
        ("easy-read, please", LetterFormat.EASY_READ),
        ("uses a screen reader", LetterFormat.TEXT),
        ("audio", LetterFormat.TEXT),
        ("Large print or audio", None),
        ("Braille", None),
        ("registered blind", None),
        ("wheelchair user", None),
        ("", None),
    ],
)
def test_words_that_ask_for_one_format_suggest_it_and_others_ask_a_person(
    needs: str, form: LetterFormat | None
) -> None:
    assert suggested(needs) is form


def test_welsh_that_nobody_signed_off_leaves_with_the_english_beside_it() -> None:
    for row in catalogue.CATALOGUE:
        assert as_it_may_leave(row, LetterLanguage.WELSH) is LetterLanguage.BILINGUAL
        assert as_it_may_leave(row, LetterLanguage.ENGLISH) is LetterLanguage.ENGLISH
    first = catalogue.letter("initial-contact")
    assert for_reader(first, Language.WELSH) is LetterLanguage.BILINGUAL
    assert for_reader(first, Language.ENGLISH) is LetterLanguage.ENGLISH


@pytest.fixture
def victim(world: World) -> str:
    world.court_tells(told())
    world.clock.move_to(date(2026, 3, 26))
    return world.refer(entry=a_victim(format_needs="Large print please"))


def drafted(world: World, victim: str, how: Written) -> set[HoldKind]:
    """Begin a letter, and return what holds it before approval."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter = draft_letter(work, victim, catalogue.INITIAL_CONTACT, how)
        assert isinstance(letter, LetterRecord)
        part = session.get_one(Victim, letter.victim_id)
        case = gather(session, world.sealer, part, letter, world.clock.now().date()).case
        return {hold.kind for hold in holds(case, Step.APPROVE)}


def test_a_format_chosen_because_of_a_need_answers_it_and_another_need_asks_again(
    world: World, victim: str
) -> None:
    english = LetterLanguage.ENGLISH
    assert HoldKind.FORMAT in drafted(world, victim, Written(english))
    large = Written(english, LetterFormat.LARGE_PRINT, "Large print please")
    assert HoldKind.FORMAT not in drafted(world, victim, large)
    older = Written(english, LetterFormat.LARGE_PRINT, "Audio please")
    assert HoldKind.FORMAT in drafted(world, victim, older)


def test_the_standard_letter_answers_no_need_until_a_second_person_says_so(
    world: World, victim: str
) -> None:
    chosen = Written(LetterLanguage.ENGLISH, LetterFormat.STANDARD, "Large print please")
    assert HoldKind.FORMAT in drafted(world, victim, chosen)
    with world.db.reading() as session:
        reference = session.exec(select(LetterRecord.reference)).one()
    for role, may in ((Role.VLO, False), (Role.MANAGER, True)):
        with world.db.writing() as session:
            work = world.work(session, world.people[role])
            with nullcontext() if may else pytest.raises(NotAllowed):
                decide(work, reference, LetterQuestion.FORMAT, "She asked for the usual letter.")
    assert HoldKind.FORMAT not in drafted(world, victim, chosen)


def test_a_draft_is_kept_in_its_format_and_in_both_languages_where_welsh_is_asked_for(
    world: World, victim: str
) -> None:
    how = Written(LetterLanguage.WELSH, LetterFormat.EASY_READ, "Large print please")
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter = draft_letter(work, victim, catalogue.INITIAL_CONTACT, how)
        assert (letter.language, letter.format) == ("cy-en", "easy-read")
        again = draft_letter(work, victim, catalogue.INITIAL_CONTACT, how)
        assert again.id == letter.id
        with pytest.raises(NotFound):
            draft_letter(work, victim, "christmas-card", how)


def test_whoever_decided_about_a_draft_that_nobody_began_does_not_begin_it(
    world: World, victim: str
) -> None:
    world.sweep()
    with world.db.reading() as session:
        reference = session.exec(select(LetterRecord.reference)).one()
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        decide(work, reference, LetterQuestion.FORMAT, "She asked for the usual letter.")
    for role, may in ((Role.MANAGER, False), (Role.VLO, True)):
        with world.db.writing() as session:
            work = world.work(session, world.people[role])
            with nullcontext() if may else pytest.raises(NotAllowed, match="Ask a colleague"):
                give_facts(work, reference, version_of({}), {})
            with nullcontext() if may else pytest.raises(NotAllowed, match="Ask a colleague"):
                draft_letter(work, victim, catalogue.INITIAL_CONTACT, LetterLanguage.ENGLISH)
    with world.db.reading() as session:
        begun_by = session.exec(select(LetterRecord.drafted_by)).one()
    assert begun_by == world.people[Role.VLO].account_id
