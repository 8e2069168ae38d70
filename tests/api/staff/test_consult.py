"""A practitioner learns how to consult a unit, and nothing of whether there is a victim."""

from __future__ import annotations

import re

import pytest
from sqlmodel import Session, select

from tests.api.office import LONDON_COURT, Office, email_of, sentencing
from tests.api.staff.referrals.test_excluded import _counting, _same
from vcs.access.records import Account
from vcs.access.signing_in.sign_in import actor_of
from vcs.access.work import Work
from vcs.consultations.find import find_asked
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.needs.conditions.requests import RequestEntry, ask_for_condition
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role

_HIDDEN = re.compile(r'nonce="[^"]*"|name="csrf" value="[^"]*"|content="[^"]*"')

WITH_VICTIM, WITHOUT, SHORT, ELSEWHERE = (f"13EX0000{n}26" for n in (1, 2, 3, 4))


def work_of(office: Office, session: Session, role: Role) -> Work:
    account = session.exec(select(Account).where(Account.email == email_of(role))).one()
    return Work(session, office.app.state.door.sealer, actor_of(account), office.clock.now())


def test_every_case_is_answered_alike_by_the_byte_and_by_the_query(office: Office) -> None:
    office.referral_with_victim()
    today = office.clock.today()
    office.tell(sentencing(today, urn=WITHOUT, last="Second"))
    office.tell(sentencing(today, urn=SHORT, last="Third", term="2 Months"))
    office.tell(sentencing(today, urn=ELSEWHERE, last="Fourth", court=LONDON_COURT))
    who = office.person(Role.PRACTITIONER)
    answers, queries = set(), set()
    for reference in (WITH_VICTIM, WITHOUT, SHORT, ELSEWHERE, "99ZZ0000126", "X123456"):
        sent = who.hidden("/consult") | {"reference": reference, "kind": "licence"}
        with _counting(office) as asked:
            answer = who.post("/consult", sent)
        assert answer.status_code == 200
        assert "Yorkshire Victim Liaison Unit" in answer.text
        assert reference not in answer.text
        answers.add(_same(answer))
        queries.add(len(asked))
    assert len(answers) == len(queries) == 1


@pytest.mark.parametrize("typed", ["", "Colin Madeup", "12", "x" * 50])
def test_what_is_no_reference_is_asked_for_again(office: Office, typed: str) -> None:
    answer = office.person(Role.PRACTITIONER).fill("/consult", reference=typed, kind="licence")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_a_practitioners_first_page_asks_and_counts_nothing(office: Office) -> None:
    office.referral()
    page = office.person(Role.PRACTITIONER).get("/").text
    assert "Consult a victim liaison unit" in page
    assert "not accounted for" not in page
    assert re.findall(r'govuk-service-navigation__link" href="([^"]+)"', page) == [
        "/consult",
        "/consult/asked",
        "/training",
    ]


def test_requests_are_read_on_the_page_where_she_agreed_and_silence_is_alike(
    office: Office,
) -> None:
    _, victim = office.referral_with_victim()
    who = office.person(Role.PRACTITIONER)
    with office.app.state.door.db.writing() as session:
        work = work_of(office, session, Role.VLO)
        entry = RequestEntry(CONDITIONS[3].code, work.today, "The market square", "She shops", "")
        ask_for_condition(work, victim, entry)
    for reference in (WITH_VICTIM, WITHOUT):
        sent = {"reference": reference, "kind": "recall", "about": "A recall tonight"}
        assert who.fill("/consult", **sent).status_code == 200
    receipts = re.findall(r'href="(/consult/asked/[^"]+)"', who.get("/consult/asked").text)
    assert len(receipts) == 2
    with office.app.state.door.db.writing() as session:
        find_asked(session, office.app.state.door.sealer, office.clock.now(), 10)
    silent = {re.sub(r"13EX\d+|/consult/asked/[^\"]+", "", who.get(one).text) for one in receipts}
    assert len({_HIDDEN.sub("", one) for one in silent}) == 1
    with office.app.state.door.db.reading() as session:
        task = session.exec(select(Task).where(Task.kind == TaskKind.CONSULTATION)).one()
    officer, page = office.person(Role.VLO), f"/tasks/{task.reference}"
    said = {"answer": "requests", "note": "She said so on the telephone"}
    none_chosen = officer.fill(page, is_theirs="yes", **said).text
    assert "Select each condition that the person agreed to send" in none_chosen
    assert "A yes takes one person" not in officer.get(page).text
    shown = officer.get(page).text
    assert "agree to send? (needed if you choose to send conditions)" in shown
    # They gave the number of a case: it may have another offender whom we were not told of.
    assert "The number of a case may mean more than one person" in shown
    (wish,) = re.findall(r'name="requests"[^>]* value="([^"]+)"', shown)
    assert officer.fill(page, requests=wish, **said).status_code == 422
    assert officer.fill(page, requests=wish, is_theirs="yes", **said).status_code == 303
    told = [who.get(one).text for one in receipts]
    assert sum("The market square" in one for one in told) == 1
    assert sum("There is no answer" in one for one in told) == 1
    assert office.person(Role.VLO).get(receipts[0]).status_code == 403
    for page in told:
        for secret in ("Nia", "Made Up Lane", "Colin"):
            assert secret not in page
