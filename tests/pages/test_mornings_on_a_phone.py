"""A manager who reads only her phone: missed on Friday, told on Monday, planned, passed up."""

from __future__ import annotations

from datetime import date, datetime
from email.message import EmailMessage

from playwright.sync_api import Page

from tests.journeys.world import World, told, world
from tests.pages.test_accessibility import _picture
from tests.services.mailbox import text_of
from vcs.alerts.digest.recipients.acts import plan
from vcs.clock import LONDON
from vcs.terms import Role

__all__ = ["world"]

PHONE = {"width": 375, "height": 667}

LEAST_TO_TOUCH = 24
"""Pixels: WCAG 2.2, 2.5.8."""


def test_a_miss_of_friday_is_told_on_monday_and_passed_up_once_its_plan_has_passed(
    world: World, page: Page
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a width and a height
    world.court_tells(told(date(2026, 3, 13)))
    reference = world.only_referral()
    friday = _morning(world, page, 27)
    assert friday["Subject"].startswith("0 missed, 1 due in 2 working days")
    monday = _morning(world, page, 30)
    assert monday["Subject"].startswith("1 missed, 0 due in 2 working days")
    assert f"NEW: {reference}, 1 working day overdue" in text_of(monday)
    assert "from 07:30 on Friday 27 March 2026 to 07:30 on Monday 30 March" in text_of(monday)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        plan(work, "deadline:1", date(2026, 3, 31), "Witness care rings tomorrow")
    tuesday = _morning(world, page, 31)
    assert "with a plan or put off: 1" in text_of(tuesday)
    assert reference not in text_of(tuesday)
    assert world.digests(Role.HEAD)[-1]["Subject"].startswith("All clear")
    wednesday = _morning(world, page, 1, month=4)
    hers = " ".join(text_of(wednesday).split())
    assert "The plan of M for Tuesday 31 March 2026 has passed, and the next person up" in hers
    head = text_of(world.digests(Role.HEAD)[-1])
    assert f"NEW: {reference}, 3 working days overdue" in head
    assert "Why you: the plan of M for Tuesday 31 March 2026 has passed." in head
    assert len(world.digests()) == 4
    assert world.mail() == []


def _morning(world: World, page: Page, day: int, month: int = 3) -> EmailMessage:
    """Let a morning come, and read the manager's email on a phone; return it."""
    world.clock.move_to(datetime(2026, month, day, 7, 30, tzinfo=LONDON))
    world.sweep()
    mail = world.digests()[-1]
    html = mail.get_body(("html",))
    assert html is not None
    page.set_content(html.get_content())
    _picture(page, f"morning of {day} {month}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    links = page.get_by_role("link").all()
    assert [
        one for one in links if (one.bounding_box() or {"height": 0})["height"] < LEAST_TO_TOUCH
    ] == []
    # What it is about is read without scrolling.
    counts = page.get_by_role("list").first.bounding_box()
    assert counts
    assert counts["y"] + counts["height"] < PHONE["height"]
    return mail
