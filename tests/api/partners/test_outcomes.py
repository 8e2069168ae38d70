"""A unit's program asks what became of its referrals, after a cursor."""

from __future__ import annotations

import json
from typing import Any

from tests.api.office import Office
from tests.journeys.program import SOMEBODY, program, referral
from tests.journeys.world import World, told, world
from vcs.access.records import ClientKind
from vcs.partners.outcomes.reads import outcomes_after
from vcs.partners.outcomes.work_out import work_out
from vcs.terms import Choice, Role
from vcs.victims.contact.choices import record_choice
from vcs.victims.contact.contacts import ContactEntry, record_contact

__all__ = ["world"]


def heard(world: World, client_id: str, after: str = "") -> tuple[list[Any], str]:
    with world.db.writing() as session:
        work_out(session, world.sealer, world.clock.now(), 100)
    with world.db.reading() as session:
        return outcomes_after(session, client_id, after)


def test_a_program_hears_in_order_what_became_of_its_own(world: World) -> None:
    world.court_tells(told())
    unit, other, elsewhere = program(world), program(world, None), program(world, "01")
    bare = {"name": "Ann Bare", "standing": "victim"}
    receipt = unit.send(referral(victims=[SOMEBODY, bare])).receipt
    found, cursor = heard(world, unit.client_id)
    kinds = [one.kind for one in found]
    assert kinds == ["accepted", "incomplete", "incomplete"]
    assert found[0].detail["receipt"] == receipt
    fields = {one["field"] for one in found[2].detail["fields"]}
    assert {"contact", "phone", "address_lines"} <= fields
    victim = found[0].detail["victims"][0]["victim"]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        entry = ContactEntry(world.today, "by phone", True, "Herself", "Canary words")
        record_contact(work, victim, entry)
        record_choice(work, victim, Choice.OPT_OUT, world.today, "by phone")
    later, last = heard(world, unit.client_id, cursor)
    assert [one.kind for one in later] == ["contacted", "answered"]
    assert heard(world, unit.client_id, last) == ([], last)
    again, _ = heard(world, unit.client_id)
    assert again == [*found, *later], "replayed in the same order"
    for one in again:
        said = json.dumps([one.kind, one.referral, dict(one.detail)])
        assert "Canary" not in said
        assert "opt_out" not in said
    assert heard(world, other.client_id)[0] == []
    assert heard(world, elsewhere.client_id)[0] == []


def test_a_closing_and_the_answer_to_a_dispute_are_told_and_told_again_after_a_reopening(
    world: World,
) -> None:
    world.court_tells(told())
    unit = program(world)
    world.close_without_victim()
    found, cursor = heard(world, unit.client_id)
    assert [one.kind for one in found] == ["closed", "dispute_answered"]
    assert found[0].detail == {"reason": "no_identifiable_victim"}
    assert found[1].detail == {"about": "no_identifiable_victim", "decision": "confirmed"}
    world.reopen()
    world.close_without_victim("victim_cannot_be_traced")
    assert [one.kind for one in heard(world, unit.client_id, cursor)[0]] == [
        "closed",
        "dispute_answered",
    ]


def test_the_door_gives_events_and_a_cursor_and_refuses_what_is_none(office: Office) -> None:
    bearer = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    answer = office.client.get("/referrals/events", headers=bearer)
    assert (answer.status_code, answer.json()) == (200, {"events": [], "next": ""})
    for bad in ("x", "-1", "1" * 30, "٣"):
        refused = office.client.get("/referrals/events", params={"after": bad}, headers=bearer)
        assert refused.status_code == 422, bad
        assert refused.headers["content-type"] == "application/problem+json"
    court = {"Authorization": f"Bearer {office.token(ClientKind.COURT)}"}
    assert office.client.get("/referrals/events", headers=court).status_code == 403
    assert office.client.get("/referrals/events").status_code == 401
