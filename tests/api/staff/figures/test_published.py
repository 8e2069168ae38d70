"""Figures that leave the building: a PDF, a pack, and what was shown before."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from tests.api.office import Office, email_of
from vcs.ledger.counted import keep
from vcs.measures.records import ShownFigure
from vcs.terms import Role


def a_quarter_later(office: Office) -> None:
    office.referral()
    office.clock.days(130)
    for role in (Role.MANAGER, Role.ADMINISTRATOR, Role.INSPECTOR):
        office.person(role).sign_in(email_of(role))


def test_a_pack_is_downloaded_in_each_form_and_kept_as_shown(office: Office) -> None:
    a_quarter_later(office)
    manager = office.person(Role.MANAGER)
    page = manager.get("/commissioner-packs").text
    quarter = re.findall(r'<option value="(20\d\d-Q\d)"', page)[0]
    asked = {"area": "13", "quarter": quarter}
    begins = {"pdf": b"%PDF", "csv": b"\xef\xbb\xbf", "json": b"{"}
    for ending, begin in begins.items():
        answer = manager.fill("/commissioner-packs", ending=ending, **asked)
        assert answer.content.startswith(begin), ending
        assert "attachment" in answer.headers["content-disposition"]
    with office.app.state.door.db.reading() as session:
        kept = session.exec(select(ShownFigure)).all()
    assert {one.reach for one in kept} == {"all"}
    wrong = manager.fill("/commissioner-packs", area="99", quarter="2099-Q1", ending="exe")
    assert wrong.status_code == 422
    for words in ("Select a police area", "Select a quarter", "Select as what you want it"):
        assert words in wrong.text
    inspector = office.person(Role.INSPECTOR)
    assert 'href="/commissioner-packs"' in inspector.get("/measures").text
    assert inspector.fill("/commissioner-packs", ending="csv", **asked).content == (
        manager.fill("/commissioner-packs", ending="csv", **asked).content
    )
    assert office.person(Role.VLO).get("/commissioner-packs").status_code == 403


def test_a_file_that_leaves_is_kept_as_shown_and_a_page_is_not(office: Office) -> None:
    """Else the files of two periods that end days apart tell of few people by subtraction."""
    a_quarter_later(office)
    manager, db = office.person(Role.MANAGER), office.app.state.door.db

    def kept() -> set[tuple[str, str]]:
        with db.reading() as session:
            return {(one.axis, str(one.to_on)) for one in session.exec(select(ShownFigure))}

    assert manager.get("/measures?by=region").status_code == 200
    assert kept() == set()
    today = str(office.clock.today())
    for ending, axis in (("json", "region"), ("csv", "court"), ("pdf", "month")):
        assert manager.get(f"/measures.{ending}?by={axis}").status_code == 200
        assert {("all", today), ("flow", today), (axis, today)} <= kept()
    before = kept()
    assert manager.get("/measures.csv?by=court").status_code == 200
    assert kept() == before


def test_figures_of_whole_months_that_are_over_can_be_kept_as_shown(office: Office) -> None:
    a_quarter_later(office)
    manager = office.person(Role.MANAGER)
    at = "/measures?from=2026-03-01&to=2026-03-31&by=region"
    page = manager.get(at).text
    assert "Keep these figures as shown" in page
    form = dict(re.findall(r'name="(csrf|form_token)" value="([^"]*)"', page))
    assert "done=figures-kept" in manager.post(at, form).headers["location"]
    assert "kept as shown" in manager.get(f"{at}&done=figures-kept").text
    with office.app.state.door.db.writing() as session:
        for one in session.exec(select(ShownFigure)):
            one.numerator, one.denominator = "40", "50"
            session.add(one)
    page = manager.get(at).text
    assert "Shown otherwise on" in page
    assert "was 40 of 50, because" in page
    running = "/measures?from=2026-03-02&to=2026-03-31"
    assert "Keep these figures as shown" not in manager.get(running).text
    fresh = form | {"form_token": "a" * 24}
    assert manager.post(running, fresh).status_code == 422
    pdf = manager.get(f"/measures.pdf?{at.partition('?')[2]}")
    assert pdf.content.startswith(b"%PDF")


def test_what_was_kept_as_shown_is_what_every_page_shows_from_then_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keep, "MOST_COUNTED_AT_ONCE", 0)
    a_quarter_later(office)
    manager, days = office.person(Role.MANAGER), "from=2026-03-01&to=2026-03-31"

    def counted_at(by: str) -> str:
        return str(manager.get(f"/measures.json?{days}&by={by}").json()[0]["counted_at"])

    earlier = counted_at("month")
    page = manager.get(f"/measures?{days}&by=region").text
    form = dict(re.findall(r'name="(csrf|form_token)" value="([^"]*)"', page))
    office.clock.minutes(9)
    manager.post(f"/measures?{days}&by=region", form)
    kept_at = counted_at("month")
    office.clock.minutes(9)
    assert earlier < kept_at == counted_at("region") == counted_at("court")
    assert "Shown otherwise" not in manager.get(f"/measures?{days}&by=region").text
