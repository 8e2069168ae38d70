"""To somebody shut out a case looks as if it did not exist, at every address that names one.

From one case they are excluded; the other is restricted to somebody else.
"""

from __future__ import annotations

import difflib
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from api.guards.routes import TABLE, Rule
from tests.api.office import VICTIM, Office, Visitor, email_of, sentencing
from tests.api.staff.letters.test_letters import assigned
from tests.api.staff.letters.visits import colleague
from tests.api.staff.referrals.hidden_case import case_in_full
from tests.journeys.program import CASE
from vcs.access.exclusions.records import Exclusion
from vcs.access.records import Account
from vcs.access.restrictions.records import Restriction
from vcs.consequences.drafts.others import TO_OTHERS, draft_case, next_cases
from vcs.partners.people.records import UnitMessage
from vcs.partners.records import ReferralRequest
from vcs.post.records import LetterRecord
from vcs.quality.records import Feedback
from vcs.referrals.records import DeadlineRecord
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task
from vcs.terms import Role

EXCLUDED = (Role.WITNESS_CARE, Role.VLO, Role.MANAGER)

SECOND = "13EX0000426"

UNKNOWN = {
    "VCS": "VCS-0000-0000",
    "receipt": "A" * 24,
    "number": "999",
    "matter": "deadline-999999",
}

LISTS = (
    "/",
    "/?show=all",
    "/?show=unassigned",
    "/?show=mine",
    "/tasks",
    "/tasks/one-call",
    "/early-referrals",
    "/what-we-sent",
    "/what-we-sent?show=messages",
    "/what-we-sent?show=proposals",
    "/what-we-sent?show=program",
    "/ledger",
    "/ledger.json",
    "/ledger/rows",
    "/ledger/rows.json",
    "/measures",
    "/measures.json",
)

_CHANGES = re.compile(r'nonce[-=]"?[A-Za-z0-9_=+/-]+|name="form_token" value="[^"]*"')

_FILLED = {
    "reason": "to check the address",
    "account_id": "1",
    "vlo_account_id": "2",
    "language": "en",
    "question": "name",
    "note": "Because",
    "why": "Because",
    "words": "Because",
    "answer": "two",
    "finding": "another_place",
}


@dataclass
class Stage:
    """An office with two cases that three people may not see, and what names parts of them.

    ``parts`` begin with those of the case from which they are excluded.
    """

    office: Office
    before: Mapping[tuple[Role, str], str]
    parts: Mapping[str, list[str]]
    other: Visitor
    _csrf: dict[int, str] = field(default_factory=dict)

    def csrf(self, who: Visitor) -> str:
        """Return what somebody's forms carry, which is the same until they sign out."""
        if id(who) not in self._csrf:
            self._csrf[id(who)] = who.hidden("/")["csrf"]
        return self._csrf[id(who)]


@pytest.fixture(scope="module")
def stage(shared_office: Office) -> Stage:
    office = shared_office
    other = colleague(office, "Other", Role.MANAGER)
    before = {
        (role, path): _same(office.person(role).get(path))
        for role in EXCLUDED
        for path in _lists_of(role)
    }
    made = [case_in_full(office, *assigned(office), CASE)]
    for account_id in _account_ids(office):
        at = f"/referrals/{made[0]['referral']}/exclusions/new"
        answer = other.fill(at, account_id=str(account_id), reason="Family")
        assert answer.status_code == 303, answer.text
    made.append(case_in_full(office, *_assigned_in(office, SECOND), SECOND))
    _draft_to_partners(office)
    at = f"/referrals/{made[1]['referral']}/restriction/new"
    (mine,) = re.findall(r'value="(\d+)">\s*<label[^>]*>\s*Other', other.get(at).text)
    said = {"named": mine, "reason": "A colleague's family", "step": "send"}
    assert other.fill(at, **said).status_code == 303
    with office.app.state.door.db.reading() as session:
        parts = {
            **{kind: [one[kind] for one in made] for kind in made[0]},
            "task": list(session.exec(select(Task.reference))),
            "sentence": list(session.exec(select(Sentence.reference))),
            "receipt": list(session.exec(select(ReferralRequest.receipt))),
            "message": list(session.exec(select(UnitMessage.reference))),
            "matter": [f"deadline-{one}" for one in session.exec(select(DeadlineRecord.id))],
            "feedback": list(session.exec(select(Feedback.reference))),
            "restriction": [str(one) for one in session.exec(select(Restriction.id))],
            "to_partner": _to_partners(session),
            "exclusion": [str(one) for one in session.exec(select(Exclusion.id))],
        }
    assert all(parts.values()), parts
    return Stage(office, before, parts, other)


def _assigned_in(office: Office, urn: str) -> tuple[str, str]:
    """Return a referral of another offender's case, assigned, and a victim in it."""
    office.tell(sentencing(office.clock.today(), first="Derek", last="Second", urn=urn))
    reference = office.first_referral()
    details = VICTIM | {"name": "Una Sample", "address_lines": "9 Invented Row", "phone": ""}
    made = office.person(Role.WITNESS_CARE).fill(f"/referrals/{reference}/victims/new", **details)
    assert made.status_code == 303, made.text
    manager = office.person(Role.MANAGER)
    page = manager.get(f"/referrals/{reference}/assign").text
    (vlo,) = re.findall(r'name="vlo_account_id" type="radio" value="(\d+)"', page)
    given = manager.fill(f"/referrals/{reference}/assign", vlo_account_id=vlo)
    assert given.status_code == 303, given.text
    (victim,) = set(
        re.findall(r"/victims/(VCS-[0-9A-Z-]+)/", manager.get(f"/referrals/{reference}").text)
    )
    return reference, victim


_PUBLISHED = re.compile(
    r'Court messages, of all regions.*?</table>|"messages": ?{[^}]*}|"received": ?\d+', re.DOTALL
)
"""How many messages came from courts, of all regions: the same for everybody."""


def _lines(page: str) -> list[str]:
    return _PUBLISHED.sub("", page).split("\n")


def _draft_to_partners(office: Office) -> None:
    door = office.app.state.door
    with door.db.writing() as session:
        for row in TO_OTHERS:
            for case in next_cases(session, row, office.clock.now()):
                draft_case(session, door.sealer, row, case, office.clock.now())


def _to_partners(session: Session) -> list[str]:
    query = select(LetterRecord.reference).where(col(LetterRecord.sentence_id).is_not(None))
    return list(session.exec(query.order_by(col(LetterRecord.sentence_id))))


def _account_ids(office: Office) -> list[int]:
    with office.app.state.door.db.reading() as session:
        by_email = dict(session.exec(select(Account.email, Account.id)).all())
    return [by_email[email_of(role)] for role in EXCLUDED]


def _lists_of(role: Role) -> list[str]:
    """Return every page of a role that names no case, and more views of some."""
    paths = {rule.path for rule in TABLE if role in rule.roles and rule.method == "GET"}
    asked = [path for path in LISTS if path.partition("?")[0] in paths]
    return [*asked, *sorted(path for path in paths if "{" not in path and path not in LISTS)]


def _same(answer: Any) -> str:
    """Return an answer without what differs between any two, such as the token of a form."""
    headers = sorted(
        (name, value)
        for name, value in answer.headers.items()
        if name not in ("x-request-id", "x-correlation-id", "date", "set-cookie", "content-length")
    )
    return _CHANGES.sub("", f"{answer.status_code} {headers} {answer.text}")


_NUMBERED = ("clock", "start", "exclusion", "restriction")

_CONSTANT = {"question": "name", "group": "safe", "item": "safety"}
"""Parts of an address that name no case."""


def _naming_cases() -> Iterator[Rule]:
    for rule in TABLE:
        staff = rule.roles & set(EXCLUDED)
        if staff and "{" in rule.path and _kinds(rule.path):
            yield rule


def _kinds(path: str) -> dict[str, str]:
    """Return what each varying part of an address names: a part of the stage."""
    nouns = {
        "/referrals/{reference}": "referral",
        "/witness-care/{reference}": "referral",
        "/what-we-sent/{message}": "message",
        "/letters/{reference}": "letter",
        "/letters-to-others/{reference}": "to_partner",
        "/tasks/{reference}": "task",
        "/sentences/{reference}": "sentence",
        "/early-referrals/{receipt}": "receipt",
        "/victims/{victim}": "victim",
        "/events/{event}": "event",
        "/needs-actions/{action}": "action",
        "/condition-requests/{request}": "request",
        "/today/{matter}": "matter",
        "/quality/{feedback}": "feedback",
    }
    found = next((kind for start, kind in nouns.items() if path.startswith(start)), "")
    names = re.findall(r"{(\w+)}", path) if found else []
    kinds = {name: {"reference": found}.get(name, name) for name in names}
    return {name: kind for name, kind in kinds.items() if name not in _CONSTANT}


def _filled(path: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        path = path.replace("{" + name + "}", value)
    return path


@contextmanager
def _counting(office: Office) -> Iterator[list[str]]:
    asked: list[str] = []
    engine = office.app.state.door.db.engine

    def note(*said: Any) -> None:
        if threading.current_thread().name != "reader":
            asked.append(said[2])

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def ask(
    stage: Stage, who: Visitor, rule: Rule, path: str, typed: Mapping[str, str] | None = None
) -> tuple[str, list[str]]:
    data = _FILLED | dict(typed or {}) | {"csrf": stage.csrf(who), "form_token": "f" * 24}
    with _counting(stage.office) as asked:
        answer = who.get(path) if rule.method == "GET" else who.post(path, data)
    return _same(answer), asked


@pytest.mark.parametrize(
    "rule", list(_naming_cases()), ids=lambda rule: f"{rule.method} {rule.path}"
)
def test_every_address_answers_as_if_there_were_no_such_case(stage: Stage, rule: Rule) -> None:
    kinds, path = _kinds(rule.path), _filled(rule.path, _CONSTANT)
    for role in sorted(rule.roles & set(EXCLUDED)):
        who = stage.office.person(role)
        unknown = {name: _unknown(kind) for name, kind in kinds.items()}
        nothing, as_many = ask(stage, who, rule, _filled(path, unknown))
        for n in range(len(stage.parts[next(iter(kinds.values()))])):
            real = {
                name: stage.parts[kind][min(n, len(stage.parts[kind]) - 1)]
                for name, kind in kinds.items()
            }
            hidden, queries = ask(stage, who, rule, _filled(path, real))
            for name, value in real.items():
                if kinds[name] not in _NUMBERED:
                    hidden = hidden.replace(value, unknown[name])
            assert hidden == nothing
            assert len(queries) == len(as_many), (queries, as_many)


def _unknown(kind: str) -> str:
    if kind in _NUMBERED:
        return UNKNOWN["number"]
    return UNKNOWN.get(kind, UNKNOWN["VCS"])


def test_every_address_with_a_reference_is_walked() -> None:
    walked = {rule.path for rule in _naming_cases()}
    assert len(walked) > 20
    left = {
        rule.path
        for rule in TABLE
        if rule.roles & set(EXCLUDED) and "{" in rule.path and rule.path not in walked
    }
    assert left == {
        *("/reading/{account_id}", "/reading/{account_id}/lift"),
        *("/officers/leave/{absence_id}/cover", "/officers/leave/{absence_id}/end"),
        "/inspections/{sample}",
        # A course and its questions are made up.
        *("/training/courses/{course}", "/training/sittings/{sitting}"),
        "/training/sittings/{sitting}/{place}",
        "/training/sittings/{sitting}/certificate.zip",
        # A test below names a hidden letter to each of these.
        *("/letters/one-by-one/{kind}", "/letters/one-by-one/{kind}/approve"),
        "/letters/one-by-one/{kind}/send-back",
        # tests/api/staff/standards/test_quality.py: neither a letter nor a count of it.
        *("/dip-samples/{dip}", "/dip-samples/{dip}/{place}"),
        # tests/alerts/test_pages.py: emails about a hidden case are nowhere, nor counted.
        *("/today/recall/{alert}", "/today/recalled/{alert}", "/today/held/{reference}"),
        # Published, the same for everybody; the cases behind a number are those that one may see.
        "/measures/{measure}",
        # What these name is no case: a list, a certificate, a batch for the printer, a sample.
        *("/lists/{reference}", "/lists/{reference}/lines.csv", "/lists/uploads/{reference}"),
        *("/lists/{reference}/explained/{reason}", "/letters/gallery/{kind}/{language}/{form}"),
        *("/certificates/{reference}", "/certificates/{reference}/confirm"),
        *("/certificates/{reference}/{file}", "/print-batches/{batch}"),
        *("/print-batches/{batch}.zip", "/print-batches/{batch}/continue"),
        "/print-batches/{batch}/left",
    }


@pytest.mark.parametrize("role", EXCLUDED)
def test_every_list_and_count_is_as_it_was_before_the_case_came(stage: Stage, role: Role) -> None:
    person = stage.office.person(role)
    changed = {}
    for path in _lists_of(role):
        now, before = _lines(_same(person.get(path))), _lines(stage.before[role, path])
        if found := list(difflib.unified_diff(before, now, n=3)):
            changed[path] = found
    assert changed == {}


def test_a_search_by_the_case_finds_nothing(stage: Stage) -> None:
    manager = stage.office.person(Role.MANAGER)
    nothing = _same(manager.fill("/sentences", case="99ZZ9999999"))
    for case in (CASE, SECOND):
        found = _same(manager.fill("/sentences", case=case))
        assert found == nothing.replace("99ZZ9999999", case)


def test_others_see_the_case_and_administrators_count_it_as_ever(stage: Stage) -> None:
    reference, restricted = stage.parts["referral"]
    page = stage.other.get(f"/referrals/{reference}/exclusions").text
    assert all(name in page for name in ("Will Witness", "Vera Liaison", "Moira Manager"))
    ledger = stage.office.person(Role.ADMINISTRATOR).get("/ledger.json").json()
    hidden = stage.office.person(Role.MANAGER).get("/ledger.json").json()
    assert (ledger["sentences"], hidden["sentences"]) == (2, 0)
    page = stage.other.get(f"/referrals/{restricted}/restriction").text
    assert "Only these people may see this case" in page


def test_another_referral_does_not_lead_to_a_hidden_victim(stage: Stage) -> None:
    """A victim of a hidden case, named under a referral that the reader may see, is nobody."""
    office, officer = stage.office, stage.office.person(Role.VLO)
    office.tell(sentencing(office.clock.today(), urn="13EX0000226", last="Elsewhere"))
    (seen,) = set(re.findall(r"/referrals/(VCS-[0-9A-Z-]+)", officer.get("/?show=all").text))
    victim, _ = stage.parts["victim"]
    for end in ("address", "contact", "choice", "letter"):
        rule = Rule("GET", "", frozenset())
        at = "/referrals/{}/victims/{}/{}"
        hidden, queries = ask(stage, officer, rule, at.format(seen, victim, end))
        nothing, as_many = ask(stage, officer, rule, at.format(seen, UNKNOWN["VCS"], end))
        assert hidden.replace(victim, UNKNOWN["VCS"]) == nothing
        assert len(queries) == len(as_many)


def test_whether_somebody_is_known_says_nothing_of_a_hidden_case(stage: Stage) -> None:
    office, witness = stage.office, stage.office.person(Role.WITNESS_CARE)
    office.tell(sentencing(office.clock.today(), urn="13EX0000326", last="Third"))
    page = witness.get("/?show=all").text
    reference = re.findall(r"/witness-care/(VCS-[0-9A-Z-]+)", page)[-1]
    answer = witness.fill(f"/referrals/{reference}/victims/new", **VICTIM)
    assert answer.status_code == 303, "she is in the hidden case, and nothing is asked of it"
    manager = office.person(Role.MANAGER)
    assert "Is this somebody we know?" not in manager.get("/tasks").text
    assert "Is this somebody we know?" in stage.other.get("/tasks").text


def test_an_emergency_is_answered_alike_whether_or_not_there_is_such_a_case(stage: Stage) -> None:
    officer, (reference, _) = stage.office.person(Role.VLO), stage.parts["referral"]
    said = {"reason": "a victim is in danger now", "words": "He is at her door"}
    assert "/emergency" in officer.get(f"/referrals/{reference}").text
    real = officer.fill("/emergency", reference=reference, **said)
    unknown = officer.fill("/emergency", reference=UNKNOWN["VCS"], **said)
    assert real.status_code == 200
    assert _same(real).replace(reference, UNKNOWN["VCS"]) == _same(unknown)
    assert officer.get(f"/referrals/{reference}").status_code == 200
    assert officer.get(f"/referrals/{UNKNOWN['VCS']}").status_code == 404
    assert "He is at her door" in stage.other.get(f"/referrals/{reference}/seen").text
