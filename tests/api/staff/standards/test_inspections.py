"""An inspector reads a random sample, drawn once, without names, and writes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from sqlmodel import col, select

from api.guards.routes import TABLE
from tests.api.office import LONDON_COURT, Office, Visitor, sentencing
from tests.api.staff.victims.test_contact import on
from vcs.access.inspection.records import SampledSentence
from vcs.access.reading.records import PersonalRead
from vcs.access.records import AuditEntry
from vcs.access.rules import MAY, Act
from vcs.inspection.manual import QUESTIONS
from vcs.lists.certificate.signing import is_signed
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.terms import Role

NAMES = ("Nia", "Example", "Colin", "Madeup", "Made Up Lane", "LS1 3AB", "496 0000", "13EX0000126")


def days(first: int, last: int, month: int = 3) -> dict[str, str]:
    """Return the days of a sample in one month of 2026, as typed."""
    typed = {"from_on": first, "to_on": last}
    return {
        f"{name}-{part}": str(value)
        for name, day in typed.items()
        for part, value in (("day", day), ("month", month), ("year", 2026))
    }


def drawn(office: Office, size: str = "2", who: Role = Role.MANAGER, **more: str) -> str:
    """Draw a sample of referrals opened today or before; return its address."""
    person = office.person(who)
    page = person.get("/inspections/new").text
    (inspector,) = re.findall(r'<option value="(\d+)">\s*Ines', page)
    today = office.clock.today()
    asked = {"account_id": inspector, "size": size} | days(1, today.day, today.month) | more
    answer = person.fill("/inspections/new", **asked)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def sentence_of(office: Office, reference: str) -> str:
    """Return the reference of a referral's sentence."""
    with office.app.state.door.db.reading() as session:
        query = select(Sentence.reference).join(Referral).where(Referral.reference == reference)
        return str(session.exec(query).one())


def opened(office: Office, at: str, reference: str) -> Any:
    return office.person(Role.INSPECTOR).fill(f"{at}/{reference}")


def cases(office: Office) -> None:
    for n in range(2, 6):
        told = sentencing(office.clock.today(), urn=f"13EX0000{n}26", last=f"No{'x' * n}")
        office.tell(told)
    office.tell(sentencing(office.clock.today(), urn="13EX0000926", last="L", court=LONDON_COURT))


def test_a_sample_is_of_the_region_and_stays_as_it_was_drawn(office: Office) -> None:
    cases(office)
    at, inspector = drawn(office), office.person(Role.INSPECTOR)
    first = inspector.get(at).text
    assert len(set(re.findall(r"/inspections/VCS-[^/\"]+/(VCS-[0-9A-Z-]+)", first))) == 2
    assert "2 of 4" in first
    assert inspector.get(at).text.count("/inspections/") == first.count("/inspections/")
    with office.app.state.door.db.reading() as session:
        query = select(Sentence.region_code).join(SampledSentence)
        regions = list(session.exec(query))
    assert regions == ["N55", "N55"]
    further = drawn(office, size="50", who=Role.HEAD)
    assert further != at
    assert "4 of 4" in inspector.get("/inspections").text


def test_a_referral_is_read_without_names_and_the_look_is_kept(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    said = {"how": "by phone", "reached": "yes", "spoke_to": "Nia", "words": "Nia Example said"}
    at = f"/referrals/{reference}/victims/{victim}/contact"
    met = office.person(Role.VLO).fill(at, **said, **on("happened_on"))
    assert met.status_code == 303, met.text
    at = drawn(office)
    answer = opened(office, at, sentence_of(office, reference))
    assert answer.status_code == 200
    for name in NAMES:
        assert name not in answer.text
    assert "told: victim 1" in answer.text
    for question in QUESTIONS:
        assert f'href="#about-{question.kinds[0]}">{question.words}' in answer.text
        assert f'id="about-{question.kinds[0]}"' in answer.text
    with office.app.state.door.db.reading() as session:
        looks = session.exec(select(PersonalRead)).all()
    assert [(one.event, one.subject) for one in looks] == [("referral.inspected", reference)]
    seen = office.person(Role.MANAGER).get(f"/referrals/{reference}/seen").text
    assert "Ines Inspector" in seen


def test_nothing_outside_a_sample_is_there_for_an_inspector(office: Office) -> None:
    cases(office)
    at, inspector = drawn(office, size="1"), office.person(Role.INSPECTOR)
    (seen,) = set(re.findall(rf"{at}/(VCS-[0-9A-Z-]+)", inspector.get(at).text))
    with office.app.state.door.db.reading() as session:
        others = [one for one in session.exec(select(Sentence.reference)) if one != seen]
    assert opened(office, at, seen).status_code == 200
    nothing = opened(office, at, "VCS-0000-0000")
    assert nothing.status_code == 404
    assert {opened(office, at, one).status_code for one in others} == {404}
    assert inspector.get(f"/referrals/{seen}").status_code == 403
    assert "not accounted for" not in inspector.get("/").text


def test_a_restricted_case_leaves_the_sample_and_a_sample_ends(office: Office) -> None:
    reference, _ = office.referral_with_victim()
    at, manager = drawn(office), office.person(Role.MANAGER)
    at_restriction = f"/referrals/{reference}/restriction/new"
    page = manager.get(at_restriction).text
    (mine,) = re.findall(r'value="(\d+)">\s*<label[^>]*>\s*Moira', page)
    said = {"named": mine, "reason": "Family", "step": "send"}
    assert manager.fill(at_restriction, **said).status_code == 303
    sentence = sentence_of(office, reference)
    assert sentence not in office.person(Role.INSPECTOR).get(at).text
    assert opened(office, at, sentence).status_code == 404
    assert (
        "No eligible sentence that can be drawn"
        in manager.fill("/inspections/new", **_asked(office, manager)).text
    )


def _asked(office: Office, manager: Visitor) -> dict[str, str]:
    page, today = manager.get("/inspections/new").text, office.clock.today()
    (inspector,) = re.findall(r'<option value="(\d+)">\s*Ines', page)
    return {"account_id": inspector, "size": "5"} | days(1, today.day, today.month)


def test_an_inspector_may_send_nothing_that_changes_anything() -> None:
    assert {act for act, roles in MAY.items() if Role.INSPECTOR in roles} == {
        Act.SEE_DELAYS,
        Act.SEE_FIGURES,
        Act.INSPECT,
        Act.TAKE_COURSE,
    }
    sends = {rule.path for rule in TABLE if rule.form and Role.INSPECTOR in rule.roles}
    assert sends == {
        *("/sign-out", "/forms/forget", "/account/password"),
        *("/inspections/{sample}/{reference}", "/inspections/{sample}/pack.zip"),
        *("/inspections/eligible.csv", "/commissioner-packs"),
        *("/training/courses/{course}", "/training/sittings/{sitting}/{place}", "/training/walk"),
    }


def test_a_whole_sample_is_taken_away_signed_and_that_is_kept(office: Office) -> None:
    cases(office)
    at, inspector = drawn(office, size="50"), office.person(Role.INSPECTOR)
    page = inspector.get(at).text
    answer = inspector.post(f"{at}/pack.zip", dict(_hidden(page)))
    assert answer.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert sum(name.startswith("cases/") for name in held) == 4
    key = office.person(Role.INSPECTOR).get("/certificates/key.pem").text
    assert held["key.pem"].decode() == key
    assert is_signed(key, held["manifest.json"], held["manifest.json.sig"])
    for name in ("Colin", "13EX0000"):
        assert not any(name.encode() in content for content in held.values())
    assert (
        inspector.post("/inspections/VCS-0000-0000/pack.zip", dict(_hidden(page))).status_code
        == 404
    )
    with office.app.state.door.db.reading() as session:
        query = select(AuditEntry.event).where(
            col(AuditEntry.event).in_(("case.packed", "sample.packed"))
        )
        assert sorted(session.exec(query)) == ["case.packed"] * 4 + ["sample.packed"]


def test_an_inspector_gives_the_seed_and_takes_the_list_that_it_is_drawn_from(
    office: Office,
) -> None:
    cases(office)
    at, inspector = drawn(office, size="2", seed="tea leaves"), office.person(Role.INSPECTOR)
    assert "tea leaves" in inspector.get(at).text
    again = drawn(office, size="2", seed="tea leaves")
    taken = [
        set(re.findall(rf"{one}/(VCS-[0-9A-Z-]+)", inspector.get(one).text)) for one in (at, again)
    ]
    assert taken[0] == taken[1]
    assert len(taken[0]) == 2
    hidden = dict(_hidden(inspector.get("/inspections").text))
    answer = inspector.post("/inspections/eligible.csv", hidden)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert Counter(row["region"] for row in rows) == {"Yorkshire and the Humber": 4, "London": 1}
    assert {row["outcome"] for row in rows} == {"statutory"}
    assert taken[0] <= {row["reference"] for row in rows}
    for name in NAMES:
        assert name not in answer.text
    with office.app.state.door.db.reading() as session:
        query = select(AuditEntry.who, AuditEntry.detail).where(
            AuditEntry.event == "eligible.listed"
        )
        assert [detail for _, detail in session.exec(query)] == ["5"]
    manager = office.person(Role.MANAGER)
    assert manager.post("/inspections/eligible.csv", hidden).status_code == 403
    too_long = manager.fill("/inspections/new", **_asked(office, manager), seed="x" * 41)
    assert too_long.status_code == 422


def _hidden(text: str) -> list[tuple[str, str]]:
    return re.findall(r'name="(csrf)" value="([^"]*)"', text)


def test_a_manager_cannot_tell_from_a_sample_that_a_case_is_kept_from_them(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), first="Derek", last="Second", urn="13EX0000426"))
    hidden = office.referral()
    at, manager = drawn(office), office.person(Role.MANAGER)
    sentence = sentence_of(office, hidden)
    assert sentence in manager.get(at).text
    manager.fill(f"/referrals/{hidden}/conflict", reason="I know somebody in it")
    page = manager.get(at).text.partition("<main")[2]
    assert sentence not in page
    assert page.count("app-stack__head") == page.count(">1</th>") == 1, "one case, numbered 1"
    for words in ("2 of 2", "Could not be drawn"):
        assert words not in page + manager.get("/inspections").text
        assert words in office.person(Role.INSPECTOR).get(at).text
