"""The weekly part of a head's email: one line for what is latest, a picture with its numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from letters.mails.digest_mail import digest_html, digest_text
from vcs.alerts.digest.facts import Counts, Delay, DigestFacts, Group, Row, Week, Weekly

MONDAY = date(2026, 4, 27)

SEVEN = datetime(2026, 4, 27, 6, 0, tzinfo=UTC)


def row(number: int) -> Row:
    return Row(
        f"deadline:{number}",
        f"VCS-0000-00{number:02d}",
        "/referrals/x",
        "Refer the victim to the Probation Victim Liaison Unit",
        f"{60 - number} working days overdue",
        date(2026, 1, 26),
        "V",
        "you are the head of public protection",
        "It stays in this email each working day until it is settled or a plan runs.",
    )


def mail(unnamed: int = 0) -> tuple[str, str]:
    """Return the text and the HTML of a head's email of a Monday."""
    rows = tuple(row(number) for number in range(1, 21))
    weeks = tuple(
        Week(MONDAY - timedelta(weeks=8 - n), due, due - missed, missed)
        for n, (due, missed) in enumerate(((8, 2), (0, 0), (4, 4)))
    )
    delays = (
        Delay("Leeds Crown Court", "West Yorkshire", 34, 11, 29, 4),
        Delay("York Crown Court", "North Yorkshire", 0, None, None, 3),
    )
    facts = DigestFacts(
        MONDAY,
        "Yorkshire and the Humber",
        SEVEN - timedelta(days=3),
        SEVEN,
        Counts(missed=20 + unnamed, passed_up=20),
        (Group("Nobody has been referred", rows),),
        weekly=Weekly(rows, weeks, delays, unnamed),
    )
    base = "https://vcs.example.org"
    return digest_text(facts, base)[1], digest_html(facts, base)


def test_what_has_a_row_of_the_day_is_one_line_of_the_weekly_list() -> None:
    text, html = mail()
    weekly = text.partition("10 WORKING DAYS OVERDUE OR MORE")[2]
    assert "20 duties are as late as that, the latest first.\n" in weekly
    assert weekly.count("Why you") == 0
    assert weekly.count("https://vcs.example.org/today/deadline-") == 20
    assert html.count("Why you") == 20


def test_what_is_beyond_the_list_is_counted_and_said_to_be_on_the_page() -> None:
    text, html = mail(7)
    said = "27 duties are as late as that, the latest first. 7 of them are only on the page."
    assert said in " ".join(text.split())
    assert said in html


def test_the_picture_has_its_numbers_beside_it_and_a_week_without_any_no_bar() -> None:
    _, html = mail()
    bars = [part.split(";")[0] for part in html.split('style="height:14px;width:')[1:]]
    assert bars == ["100%", "25%", "0%", "0%", "50%", "100%"]
    assert "<strong>Week of 2 March</strong><br>8 due, 6 in time, 2 missed" in html
    assert "The dark red part is what was missed." in html


def test_the_delay_table_says_its_unit_and_names_each_court() -> None:
    text, html = mail()
    assert html.count('scope="col"') == 4
    assert html.count('scope="rowgroup"') == 2
    assert "In working days from sentence" in html
    assert "York Crown Court, North Yorkshire: none referred; 3 still awaited." in text
