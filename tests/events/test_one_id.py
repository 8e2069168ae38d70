"""One id of a person in two cases: one offender, unless something speaks against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import select

from tests.events.told import IN_ERROR, TUESDAY_24, chooses, happens, page, refer
from tests.journeys.world import CARDIFF, LEEDS, WALES, World, told
from tests.services.mailbox import text_of
from vcs.access.actors import Actor
from vcs.consequences.hidden.same_offender import SameOffender, decide_same_offender
from vcs.consequences.people.one_offender import ask_about_some
from vcs.post.cases.case_parts import CasePart, choices_of, shared_with
from vcs.post.cases.letter_case import Wanted
from vcs.post.catalogue import INITIAL_CONTACT
from vcs.referrals.questions.task_reads import TaskRow
from vcs.sentences.ids_of_person import sharing
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task
from vcs.terms import Choice, Role
from vcs.victims.records import Victim

PNC = {"pncId": "2016/0000126E"}


def of(ids: Mapping[str, str], urn: str, last: str = "Madeup", **more: Any) -> bytes:
    """Return a message about one offender with these ids; ``born`` None is not told."""
    message = json.loads(told(urn=urn, court=more.pop("court", LEEDS)))
    (offender,) = message["hearing"]["prosecutionCases"][0]["defendants"]
    offender |= {"masterDefendantId": f"master of {urn}", "id": f"id of {urn}"} | dict(ids)
    details = offender["personDefendant"]["personDetails"]
    details |= {"lastName": last} | {k: v for k, v in more.items() if v is not None}
    if more.get("dateOfBirth", "") is None:
        del details["dateOfBirth"]
    return json.dumps(message).encode()


def home(number: int) -> dict[str, str]:
    return {"address1": f"{number} Pretend Road", "address2": "Leeds", "postcode": "LS1 9ZA"}


def asked(world: World, who: Actor | None = None) -> list[TaskRow]:
    return [one for one in world.tasks() if one.kind == "same_offender"]


def part_of(world: World, victim: str) -> Any:
    """Return what holds a first letter to somebody: addresses of the court, and the latest no."""
    with world.db.reading() as session:
        one = session.exec(select(Victim).where(Victim.reference == victim)).one()
        part = CasePart.of(session, world.sealer, one, world.today)
        return shared_with(part), choices_of(part, Wanted(INITIAL_CONTACT)).latest


def answer(world: World, task: str, said: str) -> None:
    with world.db.writing() as session:
        decide_same_offender(world.work(session, world.people[Role.MANAGER]), task, said, "PNC")


def test_a_missing_birth_does_not_make_two_of_one_master_id(case: World) -> None:
    master = {"masterDefendantId": "one master"}
    case.court_tells(of(master, "13EX0000301", address=home(14)))
    case.court_tells(of(master, "13EX0000302", dateOfBirth=None))
    *_, here, there = case.referrals()
    beryl = refer(case, "Beryl Quayle", there, address_lines=("14 Pretend Road", "Leeds"))
    assert part_of(case, beryl)[0], "her letter waits for a manager"
    assert asked(case) == []
    event = happens(case, IN_ERROR, here)
    assert [one.victim_reference for one in page(case, event).lines] == [beryl]


def test_one_id_with_another_name_or_birth_is_asked_and_protects_until_then(case: World) -> None:
    case.court_tells(of(PNC, "13EX0000401", "Masterson", address=home(15)))
    case.court_tells(of(PNC, "13EX0000402", "Newname", court=CARDIFF, dateOfBirth="1990-02-14"))
    case.court_tells(of(PNC, "13EX0000403", "Masterson", dateOfBirth="1990-02-15"))
    here, _, other = case.referrals()[-3:]
    una = refer(case, "Una Nesbitt", here, address_lines=("7 K Row", "York"))
    chooses(case, una, Choice.OPT_OUT)
    again = refer(case, "Una Nesbitt", other, address_lines=("15 Pretend Road", "Leeds"))
    held, no = part_of(case, again)
    assert held
    assert no is None, "what she said about one does not count for the other by itself"
    assert len(asked(case)) == 3, "each pair once for each region that has a side of it"
    case.clock.move_to(TUESDAY_24)
    event = happens(case, IN_ERROR, here)
    assert [one.victim_reference for one in page(case, event).lines] == [una]
    with case.db.reading() as session:
        now = session.exec(select(Task).where(Task.topic == "danger")).all()
        assert [(one.due_on, one.referral_id is not None) for one in now] == [
            (TUESDAY_24, True),
            (TUESDAY_24, True),
        ]
        assert {one.region_code for one in now} == {"N55", WALES}
    case.sweep()
    assert any("out of custody who should not be" in text_of(mail) for mail in case.mail())
    (task,) = [one for one in asked(case) if one.due_on == TUESDAY_24]
    answer(case, task.reference, SameOffender.ONE)
    assert again in {one.victim_reference for one in page(case, event).lines}
    assert part_of(case, again)[1] is not None, "one offender: her no counts"
    assert case.problems() == []


def test_two_offenders_are_kept_apart_and_an_id_of_many_is_nobodys(case: World) -> None:
    case.court_tells(of(PNC, "13EX0000501", "Masterson", address=home(16)))
    case.court_tells(of(PNC, "13EX0000502", "Wholly", dateOfBirth="1971-07-01"))
    *_, there = case.referrals()
    beryl = refer(case, "Beryl Quayle", there, address_lines=("16 Pretend Road", "Leeds"))
    assert part_of(case, beryl)[0]
    answer(case, asked(case)[0].reference, SameOffender.TWO)
    assert part_of(case, beryl)[0] == ()
    with case.db.writing() as session:
        assert ask_about_some(session, case.sealer, case.clock.now(), 10) == 3
    assert asked(case) == [], "nobody is asked again"
    for day, urn in enumerate(("13EX0000503", "13EX0000504", "13EX0000505"), start=1):
        case.court_tells(of(PNC, urn, f"Stranger{urn[-1]}", dateOfBirth=f"1960-01-0{day}"))
    nobody = {"masterDefendantId": "00000000-0000-0000-0000-000000000000", "pncId": "NOT KNOWN"}
    case.court_tells(of(nobody, "13EX0000506"), of(nobody, "13EX0000507", "Elsewhere"))
    with case.db.reading() as session:
        assert sharing(session, session.exec(select(Sentence.id)).all()) == {}


def test_a_case_that_only_another_case_is_tied_to_is_the_offenders_as_well(case: World) -> None:
    """He is out by the first; who is a victim in the third must hear of it within the hour."""
    case.court_tells(of({}, "13EX0000301", address=home(14)))
    case.court_tells(of(PNC, "13EX0000302"))
    case.court_tells(of(PNC, "13EX0000303", dateOfBirth=None))
    *_, first, second, third = case.referrals()
    two, three = refer(case, "Bea Pike", second), refer(case, "Cat Rowe", third)
    event = happens(case, IN_ERROR, first)
    assert {one.victim_reference for one in page(case, event).lines} == {two, three}
    again = happens(case, replace(IN_ERROR, kind="escaped"), third)
    assert {one.victim_reference for one in page(case, again).lines} == {two, three}
    beryl = refer(case, "Beryl Quayle", third, address_lines=("14 Pretend Road", "Leeds"))
    assert part_of(case, beryl)[0], "her letter waits for a manager"


def test_what_speaks_against_the_first_case_is_not_tied_to_it(case: World) -> None:
    """One name and birth with the first, a PNC with the third: which has another birth."""
    case.court_tells(of({}, "13EX0000301"))
    case.court_tells(of(PNC, "13EX0000302", dateOfBirth=None))
    case.court_tells(of(PNC | {"masterDefendantId": "m"}, "13EX0000303", dateOfBirth="1971-01-01"))
    *_, first, _, third = case.referrals()
    refer(case, "Cat Rowe", third)
    event = happens(case, IN_ERROR, first)
    assert page(case, event).lines == ()
