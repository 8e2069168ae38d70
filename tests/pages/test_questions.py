"""The pages of questions that come together, were answered before, or wait for a code."""

from __future__ import annotations

from pathlib import Path

from tests.api.conftest import settings_in
from tests.api.office import sentencing
from tests.api.staff.tasks.test_tasks import new_code_in_leeds
from tests.journeys.world import CANNOT_TELL, FRIDAY_20_MARCH, told
from tests.pages.served import Site
from tests.pages.test_accessibility import _sound as sound
from tests.services.clock import MovableClock
from vcs.consequences.messages.desk import read_waiting
from vcs.database import connect
from vcs.intake.inbox import Inbox
from vcs.sealing import Sealer
from vcs.terms import Role


def tell(folder: Path, clock: MovableClock, *bodies: bytes) -> None:
    settings = settings_in(folder)
    database, sealer = connect(settings), Sealer(settings.sealing_keys)
    Inbox(database, sealer).keep(bodies, "client-tests", clock.now())
    read_waiting(database, sealer, now=clock.now)
    database.close()


def _a_second_person_agrees(site: Site) -> None:
    site.sign_in(Role.HEAD)
    site.open("/tasks")
    row = site.page.get_by_role("row").filter(has_text=", case 13EX0000626")
    row.get_by_role("link").click()
    site.page.get_by_label("I agree: there is no contact").check()
    site.page.get_by_label("Why?").fill("I read the register too.")
    site.page.get_by_role("button", name="Keep this answer").click()
    site.page.wait_for_url("**/tasks*")
    site.sign_in(Role.MANAGER)
    site.open("/tasks")


def test_the_pages_of_questions_that_come_together(
    site: Site, tmp_path: Path, clock: MovableClock
) -> None:
    doubts = [("First", *CANNOT_TELL), ("Second", *CANNOT_TELL)]
    together = told(FRIDAY_20_MARCH, *doubts, urn="13EX0000726")
    before = sentencing(FRIDAY_20_MARCH, last="Before", urn="13EX0000626", term="")
    tell(tmp_path, clock, before, together, new_code_in_leeds("13EX0000826"))
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    sound(site.page, "questions of one case together")
    row = site.page.get_by_role("row").filter(has_text=", case 13EX0000626")
    row.get_by_role("link").click()
    site.page.get_by_label("Not eligible", exact=True).check()
    site.page.get_by_label("What you found").fill("Nine months, by the register.")
    site.page.get_by_role("button", name="Keep this answer").click()
    site.page.wait_for_url("**/tasks*")
    _a_second_person_agrees(site)
    row = site.page.get_by_role("row").filter(has_text=", case 13EX0000726").first
    site.open(row.get_by_role("link").get_attribute("href") or "")
    site.page.get_by_role("heading", name="Earlier answers to this question").wait_for()
    sound(site.page, "a question with others of its case and an earlier answer")
    site.open("/ledger/rows?state=decision_due")
    sound(site.page, "sentences that wait for a code")
    site.sign_in(Role.ADMINISTRATOR)
    site.open("/tasks")
    site.page.get_by_role("link", name="Say what a result code means").click()
    sound(site.page, "what a result code means")
