"""The measures at the door: the page, its files, and the cases behind a number."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest

from api.staff.figures.drawings import scale, steps_drawing, trend_drawing
from tests.api.office import Office, email_of, sentencing
from vcs.ledger.counted import keep
from vcs.measures.pictures import HandOff, Week
from vcs.terms import Role


def test_page_csv_and_json_say_the_same_and_a_number_opens_its_cases(office: Office) -> None:
    reference = office.referral()
    office.clock.days(40)
    manager = office.person(Role.MANAGER)
    manager.sign_in(email_of(Role.MANAGER))
    told = manager.get("/measures.json?by=region").json()
    written = manager.get("/measures.csv?by=region").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["id"] for row in told] == [row["id"] for row in rows]
    (whole,) = [row for row in told if row["id"] == "M1" and row["group"] is None]
    assert (whole["numerator"], whole["denominator"]) == ("withheld", "withheld")
    assert whole["partner"]["id"] == "M20"
    page = manager.get("/measures?by=region").text
    assert ">withheld<span" in page
    assert "M19 Consultations answered in time" in page
    found = re.search(r'href="(/measures/M1\?[^"]*)"', page)
    assert found
    cases = manager.get(found[1].replace("&amp;", "&")).text
    assert f"/referrals/{reference}" in cases
    for secret in ("Colin", "Madeup", "13EX"):
        assert secret not in page + cases
    assert "M20 counts each victim on the day on which they were referred" in page
    assert "So their medians differ" in page
    assert whole["one_case"] in page
    for axis in (">Sentences</text>", ">Week up to</text>", ">Days</text>", ">0</text>"):
        assert axis in page


def test_a_picture_has_round_marks_and_says_where_a_week_is_withheld() -> None:
    assert scale(0) == [0, 1]
    assert scale(6) == [0, 2, 4, 6]
    assert scale(41) == [0, 20, 40, 60]
    counts: tuple[int | str, ...] = (8, 6, "withheld", "withheld", 0, 5)
    weeks = [Week(date(2026, 10, 4) + timedelta(weeks=n), one) for n, one in enumerate(counts)]
    drawn = trend_drawing(weeks)
    assert [len(one.split()) for one in drawn.lines] == [2, 2]
    assert len(drawn.points) == 4
    assert drawn.points[0] == (52, 34), "the first week, at the highest mark"
    assert len(drawn.gaps) == 1
    assert [tick.words for tick in drawn.counts] == ["0", "2", "4", "6", "8"]
    assert (drawn.dates[0].at, drawn.dates[-1].at) == (52, 624)
    steps = [HandOff("Sentence to referral", 12, 9.5, 21.0), HandOff("Answer", 0, None, None)]
    first, second = steps_drawing(steps).bars
    assert first.says == "median 9.5, 90th centile 21 days"
    assert first.middle < first.tail
    assert (second.says, second.tail) == ("nobody yet", 0)
    assert trend_drawing([]).points == ()


def test_an_administrator_sees_numbers_and_opens_none(office: Office) -> None:
    office.referral()
    administrator = office.person(Role.ADMINISTRATOR)
    page = administrator.get("/measures")
    assert page.status_code == 200
    assert 'href="/measures/M1' not in page.text
    assert administrator.get("/measures/M1").status_code == 403
    manager = office.person(Role.MANAGER)
    assert manager.get("/measures/M19").status_code == 200
    # People are counted, and never listed.
    assert manager.get("/measures/M23").status_code == 404
    assert manager.get("/measures/none").status_code == 404
    assert manager.get("/measures?from=2026-13-01").status_code == 422
    assert office.person(Role.VLO).get("/measures").status_code == 403


def test_figures_of_few_sentences_are_as_at_the_newest_change(office: Office) -> None:
    office.referral()
    first = counted_at(office)
    office.clock.minutes(9)
    assert counted_at(office) == first
    another(office)
    assert counted_at(office) > first
    page = office.person(Role.MANAGER).get("/measures").text
    assert re.search(r"Counted at [^<]*:09", page)


def test_figures_of_many_say_for_which_moment_they_hold(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keep, "MOST_COUNTED_AT_ONCE", 0)
    office.referral()
    first = counted_at(office)
    office.clock.minutes(9)
    another(office)
    assert counted_at(office) == first
    # What people work from is never kept so.
    page = re.sub(r"<[^>]*>", "", office.person(Role.MANAGER).get("/tasks").text)
    assert "2 eligible sentences not accounted for" in page


def counted_at(office: Office) -> str:
    rows = office.person(Role.ADMINISTRATOR).get("/measures.json").json()
    return str(rows[0]["counted_at"])


def another(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), first="Derek", last="Second", urn="13EX0000426"))
