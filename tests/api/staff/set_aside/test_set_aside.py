"""The pages of messages that could not be read."""

from __future__ import annotations

import json
import re

import pytest
from sqlmodel import col, select

from tests.api.office import Office, sentencing
from vcs.access.records import AuditEntry
from vcs.terms import Role

CANARY = b'{"hello": {"name": "Nia Canary", "lines": ["1 Canary Lane"], "offenceCode": "OF61131"}}'


def aside(office: Office, body: bytes = CANARY) -> str:
    told = office.tell(body)
    assert told["status"] == "set_aside"
    return str(told["receipt"])


def trail(office: Office, event: str) -> list[str]:
    with office.app.state.door.db.reading() as session:
        query = select(AuditEntry.detail).where(col(AuditEntry.event) == event)
        return list(session.exec(query))


def test_the_list_says_why_and_leads_to_the_message(office: Office) -> None:
    receipt = aside(office)
    page = office.person(Role.ADMINISTRATOR).get("/set-aside").text
    assert "no hearing" in page
    assert f"/set-aside/{receipt}" in page


def test_an_empty_list_says_so(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    assert "No message waits. Every message was read." in admin.get("/set-aside").text
    assert "No message has been dismissed" in admin.get("/set-aside?dismissed=true").text


def test_a_message_is_covered_until_somebody_says_why_it_must_be_seen(office: Office) -> None:
    receipt, admin = aside(office), office.person(Role.ADMINISTRATOR)
    at = f"/set-aside/{receipt}"
    page = admin.get(at).text
    assert "Canary" not in page
    assert "offenceCode: OF61131" in page
    refused = admin.fill(at)
    assert refused.status_code == 422
    assert "Canary" not in refused.text
    assert trail(office, "message.shown") == []
    shown = admin.fill(at, reason="to read it by hand")
    assert shown.status_code == 200
    assert "1 Canary Lane" in shown.text
    assert trail(office, "message.shown") == ["to read it by hand"]


def test_a_look_that_cannot_be_kept_in_the_trail_shows_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vcs.access import trail as audit
    from vcs.errors import Busy

    receipt, admin = aside(office), office.person(Role.ADMINISTRATOR)

    def full(*_: object) -> None:
        raise Busy("The database is full.")

    monkeypatch.setattr(audit, "_append", full)
    answer = admin.fill(f"/set-aside/{receipt}", reason="to read it by hand")
    assert answer.status_code == 503
    assert "Canary" not in answer.text


def test_a_message_is_tried_again_and_comes_back_when_it_fails_again(office: Office) -> None:
    receipt, admin = aside(office), office.person(Role.ADMINISTRATOR)
    at = f"/set-aside/{receipt}"
    answer = admin.fill(at, f"{at}/try-again")
    assert answer.headers["location"] == "/set-aside?done=tried-again"
    office.read()
    assert "2 times" in admin.get("/set-aside").text


def test_all_of_a_kind_are_tried_again_by_one_button(office: Office) -> None:
    first, admin = aside(office), office.person(Role.ADMINISTRATOR)
    assert "Try all of this kind" not in admin.get(f"/set-aside/{first}").text
    aside(office, b'{"hello": "again"}')
    at = f"/set-aside/{first}"
    assert "2 messages wait for this reason" in admin.get(at).text
    assert admin.fill(at, f"{at}/try-all-alike").status_code == 303
    office.read()
    assert len(re.findall("2 times", admin.get("/set-aside").text)) == 2


def test_a_message_is_dismissed_with_a_reason_once(office: Office) -> None:
    receipt, admin = aside(office), office.person(Role.ADMINISTRATOR)
    at = f"/set-aside/{receipt}"
    assert admin.fill(at, f"{at}/dismiss", because="holds nothing for us").status_code == 422
    answers = {"because": "holds nothing for us", "note": "Asked the court; it was a test."}
    assert admin.fill(at, f"{at}/dismiss", **answers).status_code == 303
    assert "No message waits" in admin.get("/set-aside").text
    assert "Asked the court; it was a test." in admin.get(at).text
    assert admin.fill(at, f"{at}/dismiss", **answers).status_code == 409
    assert office.receipt(receipt)["status"] == "dismissed"


def test_the_task_of_a_message_can_still_be_dealt_with_where_it_stands(office: Office) -> None:
    from vcs.access.actors import Actor
    from vcs.referrals.questions.task_reads import tasks

    aside(office)
    admin = office.person(Role.ADMINISTRATOR)
    with office.app.state.door.db.reading() as session:
        who = Actor(0, "", Role.ADMINISTRATOR)
        (task,) = tasks(session, who, office.clock.today()).rows
    answer = admin.fill(f"/tasks/{task.reference}", note="Asked the court; it was a test.")
    assert answer.status_code == 303
    assert "No message waits" in admin.get("/set-aside").text


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=99999999999", "dismissed=x"])
def test_a_list_that_cannot_be_is_refused(office: Office, query: str) -> None:
    assert office.person(Role.ADMINISTRATOR).get(f"/set-aside?{query}").status_code == 422


def test_a_page_of_a_message_that_is_not_there_is_not_found(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    assert admin.get("/set-aside/none").status_code == 404
    assert admin.get("/set-aside?like=none").status_code == 404


def test_a_message_read_in_part_is_shown_until_somebody_looked_at_the_rest(office: Office) -> None:
    made = json.loads(sentencing(office.clock.today()))
    made["hearing"]["prosecutionCases"][0]["defendants"].insert(0, None)
    receipt = office.tell(json.dumps(made).encode())
    assert (receipt["status"], len(receipt["sentenced"])) == ("read", 1)
    assert "defendants[1]" in receipt["problem"]

    at, admin = f"/set-aside/{receipt['receipt']}", office.person(Role.ADMINISTRATOR)
    assert "Read in part" in admin.get("/set-aside").text
    page = admin.get(at).text
    assert office.first_referral()
    assert "A court message that was read only in part" in page
    assert "Madeup" not in page
    answer = admin.fill(at, f"{at}/dismiss", because="read by hand", note="A blank line.")
    assert answer.headers["location"] == "/set-aside?done=dismissed"
    assert "No message waits" in admin.get("/set-aside").text
    assert at in admin.get("/set-aside?dismissed=true").text
    assert "looked at" in admin.get(at).text
