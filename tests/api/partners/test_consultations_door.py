"""The door of consultations: alike for every reference, by the byte and by the query."""

from __future__ import annotations

from typing import Any

from tests.api.office import Office, sentencing
from tests.api.staff.referrals.test_excluded import _counting
from vcs.access.records import ClientKind


def post(office: Office, **body: Any) -> Any:
    bearer = {"Authorization": f"Bearer {office.token(ClientKind.OFFENDER_MANAGER)}"}
    return office.client.post("/consultations", json=body, headers=bearer)


def test_every_reference_is_answered_alike(office: Office) -> None:
    office.referral_with_victim()
    office.tell(sentencing(office.clock.today(), urn="13EX0000226", last="Second"))
    answers, queries = set(), set()
    post(office, reference="X000001", kind="licence")
    for reference in ("13EX0000126", "13EX0000226", "99ZZ0000126", "X123456"):
        with _counting(office) as asked:
            answer = post(office, reference=reference, kind="licence")
        assert answer.status_code == 200
        told = answer.json()
        assert told.pop("receipt")
        answers.add(str(told))
        queries.add(len(asked))
    assert len(answers) == len(queries) == 1
    assert "does not say whether there is a victim" in answers.pop()


def test_bad_input_and_other_clients_are_refused(office: Office) -> None:
    for body in ({}, {"reference": "x", "kind": "licence"}, {"reference": "X123456", "kind": "x"}):
        answer = post(office, **body)
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    court = {"Authorization": f"Bearer {office.token(ClientKind.COURT)}"}
    assert office.client.post("/consultations", json={}, headers=court).status_code == 403
    assert office.client.get("/consultations/x").status_code == 401
