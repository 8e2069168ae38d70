"""*No reply* is shown by tries; *not now* is asked again; a note counts as nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import World, a_victim, told
from tests.victims.test_first_contact import contact, met_on
from tests.victims.test_one_person import rows
from tests.victims.test_preferences import say
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.tasks.records import TaskKind
from vcs.terms import Choice, Role
from vcs.victims.contact.ask_again import AskAgainAt
from vcs.victims.contact.choices import ChoiceEntry, choose
from vcs.victims.contact.contacts import ContactEntry
from vcs.victims.contact.notes import add_note
from vcs.victims.contact.records import NoteRecord
from vcs.victims.contact.tries import Tries, tries_of
from vcs.victims.preferences.records import Rule, Way
from vcs.victims.records import Victim

MONDAY_23, TUESDAY_24, WEDNESDAY_25 = (date(2026, 3, day) for day in (23, 24, 25))

THURSDAY_26, FRIDAY_27 = date(2026, 3, 26), date(2026, 3, 27)

NO_REPLY = ChoiceEntry(Choice.NO_REPLY)


def referred(world: World, **details: object) -> str:
    """Refer somebody on Monday 23 March 2026; it is Friday 27 March."""
    world.court_tells(told())
    world.clock.move_to(MONDAY_23)
    victim = world.refer("", a_victim(**details))
    world.clock.move_to(FRIDAY_27)
    return victim


def tried(world: World, victim: str, how: str, *days: date) -> None:
    for day in days:
        contact(world, victim, ContactEntry(day, how, reached=False))


def chose(world: World, victim: str, entry: ChoiceEntry, role: Role = Role.VLO) -> None:
    with world.db.writing() as session:
        choose(world.work(session, world.people[role]), victim, entry)


def tries(world: World, victim: str) -> Tries:
    (found,) = [one for one in rows(world, Victim) if one.reference == victim]
    with world.db.reading() as session:
        return tries_of(session, world.sealer, session.get_one(Victim, found.id))


def missing(world: World, victim: str) -> str:
    return tries(world, victim).still_missing


def test_a_note_about_reaching_them_comes_before_any_way(world: World) -> None:
    victim = referred(world, safe_contact_notes="Letters only. Do not leave messages")
    assert missing(world, victim).startswith("their note comes first: record under")
    assert not tries(world, victim).needed


def test_three_days_and_every_way_that_they_allow_show_no_reply(world: World) -> None:
    victim = referred(world, email="")
    assert missing(world, victim) == "0 of 3 days; not yet tried by phone or by post"
    tried(world, victim, "by phone", MONDAY_23, MONDAY_23, TUESDAY_24)
    assert missing(world, victim) == "2 of 3 days; not yet tried by post"
    with pytest.raises(NotValid) as refused:
        chose(world, victim, NO_REPLY)
    assert "2 of 3 days; not yet tried by post" in refused.value.fields["choice"]
    tried(world, victim, "by phone", WEDNESDAY_25)
    assert missing(world, victim) == "not yet tried by post"
    letter = draft(world, victim)
    approve(world, letter)
    post(world, letter, FRIDAY_27)
    assert missing(world, victim) == ""
    chose(world, victim, NO_REPLY)
    (shown,) = world.view().victims
    assert (shown.choice, shown.chosen_on) == ("no_reply", FRIDAY_27)
    assert shown.choices[0].how == "5 attempts on 4 days"
    assert shown.contacted_on is None
    assert world.problems() == []


def test_where_one_way_is_allowed_three_days_of_it_are_enough(world: World) -> None:
    victim = referred(world)
    say(world, victim, Way.TEXT, Rule.ONLY)
    tried(world, victim, "by text message", MONDAY_23, TUESDAY_24)
    assert missing(world, victim) == "2 of 3 days"
    tried(world, victim, "by text message", WEDNESDAY_25)
    chose(world, victim, NO_REPLY)


def test_a_way_that_they_forbid_counts_for_nothing_and_is_not_asked_for(world: World) -> None:
    victim = referred(world, email="")
    say(world, victim, Way.POST, Rule.NEVER)
    tried(world, victim, "by email", MONDAY_23)
    assert missing(world, victim) == "1 of 3 days; not yet tried by phone"
    say(world, victim, Way.EMAIL, Rule.NEVER)
    assert missing(world, victim) == "0 of 3 days; not yet tried by phone"


def test_a_contact_in_between_starts_the_count_again(world: World) -> None:
    victim = referred(world, email="", safe_to_post=False)
    tried(world, victim, "by phone", MONDAY_23, TUESDAY_24, WEDNESDAY_25)
    assert tries(world, victim).are_enough
    contact(world, victim, ContactEntry(TUESDAY_24, "by phone", reached=True, spoke_to="Nia"))
    assert missing(world, victim) == "1 of 3 days"
    with pytest.raises(NotValid):
        chose(world, victim, NO_REPLY)


def test_where_no_way_is_known_nobody_can_have_given_no_reply(world: World) -> None:
    victim = referred(world, email="", phone="", safe_to_post=None)
    assert "no way is known" in missing(world, victim)


def asked(world: World, role: Role = Role.VLO) -> list[date | None]:
    return [one.due_on for one in world.tasks(role) if one.kind == TaskKind.ASK_AGAIN]


NOT_NOW = ChoiceEntry(
    Choice.NOT_NOW, FRIDAY_27, "by phone", "After the summer, perhaps", date(2026, 9, 1)
)


def test_not_now_is_on_the_officers_list_on_its_day_and_once(world: World) -> None:
    victim = referred(world)
    chose(world, victim, NOT_NOW)
    world.clock.move_to(date(2026, 8, 31))
    world.sweep()
    assert asked(world) == []
    world.clock.move_to(date(2026, 9, 1))
    world.sweep()
    world.sweep()
    assert asked(world) == [date(2026, 9, 1)]
    (shown,) = world.view().victims
    assert shown.choices[0].words == "After the summer, perhaps"
    chose(world, victim, ChoiceEntry(Choice.OPT_IN, date(2026, 9, 1), "by phone"))
    assert asked(world) == []
    world.sweep()
    assert asked(world) == []
    assert world.problems() == []


def test_a_later_choice_or_a_closed_referral_asks_nobody(world: World) -> None:
    victim = referred(world)
    chose(world, victim, NOT_NOW)
    chose(world, victim, ChoiceEntry(Choice.OPT_OUT, FRIDAY_27, "by phone"))
    world.clock.move_to(date(2026, 9, 2))
    world.sweep()
    assert asked(world) == []


@pytest.mark.parametrize(
    ("again", "field"),
    [
        (ChoiceEntry(Choice.NOT_NOW, FRIDAY_27, "by phone"), "ask_again_on"),
        (
            ChoiceEntry(Choice.NOT_NOW, FRIDAY_27, "by phone", ask_again_on=FRIDAY_27),
            "ask_again_on",
        ),
        (ChoiceEntry(Choice.OPT_IN, None, "by phone"), "chosen_on"),
        (ChoiceEntry(Choice.OPT_IN, FRIDAY_27, ""), "how"),
    ],
)
def test_what_a_choice_lacks_is_named(world: World, again: ChoiceEntry, field: str) -> None:
    victim = referred(world)
    with pytest.raises(NotValid) as refused:
        chose(world, victim, again)
    assert field in refused.value.fields
    at_an_event = ChoiceEntry(
        Choice.NOT_NOW, FRIDAY_27, "by phone", ask_again_at=AskAgainAt.RELEASE
    )
    chose(world, victim, at_an_event)
    assert world.view().victims[0].choices[0].ask_again_at == "before_release"


def note(world: World, about: str = "", role: Role = Role.VLO) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        add_note(work, world.only_referral(), "Canary: her sister rang", about)


def test_a_note_is_sealed_is_for_the_unit_and_meets_nothing(world: World) -> None:
    victim = referred(world)
    note(world)
    note(world, victim)
    kept = rows(world, NoteRecord)
    assert all(b"Canary" not in one.sealed for one in kept)
    assert [one.about for one in world.view().notes] == [victim, ""]
    assert world.view(role=Role.WITNESS_CARE).notes == ()
    assert met_on(world) is None
    assert tries(world, victim).made == ()
    with pytest.raises(NotAllowed):
        note(world, role=Role.WITNESS_CARE)
    with pytest.raises(NotFound):
        note(world, "VCS-0000-0000")
    assert world.view().history[0].event == "note.added"
