"""Trying another law from a page: asked for, carried on by the scheduler, fetched again."""

from __future__ import annotations

import re

from scheduler.counted import past
from scheduler.jobs import Sweep
from tests.api.office import Office, sentencing
from vcs.consequences.wind_tunnel.advance import advance
from vcs.law.deadlines.duties import REFER
from vcs.terms import Role

SHORTER = {"rule_set": "", "least_months": "9", "duty": "", "working_days": ""}


def sweep(office: Office) -> Sweep:
    door = office.app.state.door
    return Sweep(office.settings, door.db, door.sealer, office.clock.now)


def carry_on(office: Office, *, stop: bool) -> int:
    return advance(office.app.state.door.db, office.clock.now(), 1, lambda: stop)


def tried(office: Office, role: Role, typed: dict[str, str]) -> str:
    """Fill in the form as a person does, and return the address of the trial."""
    answer = office.person(role).fill("/wind-tunnel", **typed)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def test_a_head_asks_comes_back_and_takes_the_counts_away(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), term="9 Months"))
    head = office.person(Role.HEAD)
    address = tried(office, Role.HEAD, SHORTER)
    assert "waiting to begin" in head.get(address).text
    assert head.get(f"{address}.json").status_code == 422
    assert past.try_laws(sweep(office)).done == 1
    page = head.get(address).text
    assert "1 sentences were decided again and 1 would have another answer" in page
    first, again = head.get(f"{address}.json"), head.get(f"{address}.json")
    assert first.content == again.content
    assert first.json()["ways"] == {"gains contact": 1}
    rows = head.get(f"{address}.csv").text
    (reference,) = re.findall(r"VCS-[0-9A-Z]{4}-[0-9A-Z]{4}", rows)
    assert head.get(f"/sentences/{reference}").status_code == 200
    for secret in ("Colin", "Madeup", "13EX"):
        assert secret not in page + rows + first.text


def test_an_administrator_counts_everywhere_and_is_given_no_sentence(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), term="9 Months"))
    address = tried(office, Role.ADMINISTRATOR, SHORTER)
    past.try_laws(sweep(office))
    administrator = office.person(Role.ADMINISTRATOR)
    assert administrator.get(f"{address}.json").json()["would_change"] == 1
    assert f"{address}.csv" not in administrator.get(address).text
    assert administrator.get(f"{address}.csv").status_code == 403
    # A trial is of whoever asked, and others do not learn of it.
    assert office.person(Role.HEAD).get(address).status_code == 404
    assert office.person(Role.MANAGER).get("/wind-tunnel").status_code == 403


def test_a_trial_that_was_stopped_goes_on_where_it_was_and_counts_nothing_twice(
    office: Office,
) -> None:
    for place in range(3):
        urn, name = f"13EX000020{place}", f"Madeup{place}"
        office.tell(sentencing(office.clock.today(), urn=urn, last=name, term="9 Months"))
    address = tried(office, Role.HEAD, SHORTER)
    whole = office.person(Role.HEAD)
    stopped = carry_on(office, stop=True)
    assert stopped == 3
    assert "3 of 3 sentences were looked at: 99 %" in whole.get(address).text
    assert carry_on(office, stop=False) == 0
    assert whole.get(f"{address}.json").json()["ways"] == {"gains contact": 3}
    assert carry_on(office, stop=False) == 0


def test_what_cannot_be_tried_is_said_beside_its_field(office: Office) -> None:
    office.referral()
    head = office.person(Role.HEAD)
    nothing = dict.fromkeys(SHORTER, "")
    assert "Choose another rule set" in head.fill("/wind-tunnel", **nothing).text
    words = head.fill("/wind-tunnel", **{**SHORTER, "least_months": "9a"}).text
    assert "Enter a whole number, like 12" in words
    assert "or neither" in head.fill("/wind-tunnel", **{**nothing, "working_days": "5"}).text
    tried(office, Role.HEAD, SHORTER)
    assert "Your last trial is not finished" in head.fill("/wind-tunnel", **SHORTER).text


def test_another_time_for_a_duty_is_tried_without_deciding_again(office: Office) -> None:
    office.referral()
    typed = {**dict.fromkeys(SHORTER, ""), "duty": REFER, "working_days": "1"}
    address = tried(office, Role.HEAD, typed)
    past.try_laws(sweep(office))
    found = office.person(Role.HEAD).get(f"{address}.json").json()
    assert found["sentences"] == 0
    assert found["clock"]["deadlines"] == 1
