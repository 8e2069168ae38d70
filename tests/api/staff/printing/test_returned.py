"""A letter that came back, on the pages and by the command."""

from __future__ import annotations

import pytest

from tests.api.office import Office, Visitor
from tests.api.staff.letters.test_letters import approve, drafted
from tests.api.staff.victims.test_contact import FIRST_CONTACT, met, on
from tests.services import commands
from tests.services.processes import environment
from vcs.terms import Role

NOT_KNOWN = {"reason": "not_known"}


@pytest.fixture
def posted(office: Office) -> tuple[Visitor, str, str]:
    """Return an officer, the address of a letter that was posted, and its referral."""
    officer, letter = drafted(office)
    reference = officer.get(letter).text.partition('href="/referrals/')[2].partition('"')[0]
    assert approve(officer, letter).status_code == 303
    assert "Record that this letter came back" not in met(officer, reference)
    assert officer.fill(f"{letter}/posted", **on("posted_on")).status_code == 303
    return officer, letter, reference


def test_it_is_recorded_by_its_reference_and_stands_on_the_referral(
    posted: tuple[Visitor, str, str],
) -> None:
    officer, letter, reference = posted
    assert "Record that this letter came back" in met(officer, reference)
    named = officer.fill("/returned-letters", reference=letter.rpartition("/")[2].lower())
    assert named.headers["location"] == f"{letter}/returned"
    empty = officer.fill(f"{letter}/returned", reason="")
    assert empty.status_code == 422
    assert "Select what the envelope says" in empty.text
    ahead = officer.fill(f"{letter}/returned", **NOT_KNOWN, **on("came_back_on", day="3"))
    assert "between the day of approval and today" in ahead.text
    done = officer.fill(f"{letter}/returned", **NOT_KNOWN, **on("came_back_on"))
    assert done.status_code == 303
    page = met(officer, reference)
    assert "Came back on Monday 2 March 2026: not known at this address" in page
    assert "A letter came back" in page
    assert "Record that this letter was posted" not in page
    assert "Record that this letter came back" not in page
    assert f"{FIRST_CONTACT} Done" not in page
    assert "A letter came back" in officer.get("/tasks").text
    assert "came back on Monday 2 March 2026" in officer.get(letter).text


def test_a_second_report_changes_nothing_and_says_so(posted: tuple[Visitor, str, str]) -> None:
    officer, letter, reference = posted
    officer.fill(f"{letter}/returned", **NOT_KNOWN, **on("came_back_on"))
    again = officer.get(f"{letter}/returned").text
    assert "It is on record that this letter came back" in again
    officer.fill(f"{letter}/returned", reason="refused", **on("came_back_on"))
    assert "not known at this address" in met(officer, reference)


def test_a_smudged_reference_is_offered_what_comes_near(
    posted: tuple[Visitor, str, str],
) -> None:
    officer, letter, _ = posted
    right = letter.rpartition("/")[2]
    smudged = right[:-1] + ("A" if right[-1] != "A" else "B")
    page = officer.fill("/returned-letters", reference=smudged)
    assert page.status_code == 422
    assert right in page.text
    assert "Nothing was recorded" in page.text


def test_one_that_nobody_knows_is_kept_and_an_administrator_is_asked(
    posted: tuple[Visitor, str, str], office: Office
) -> None:
    officer, letter, _ = posted
    kept = officer.fill("/returned-letters", reference="VCS-0000-000Z", read="Canary, blue ink")
    assert kept.headers["location"].endswith("?done=return-kept")
    right = letter.rpartition("/")[2]
    near = right[:-1] + ("A" if right[-1] != "A" else "B")
    assert officer.fill("/returned-letters", reference=near, keep="yes").status_code == 303
    # The same envelope again asks nothing more, and a name that was typed is in no task.
    officer.fill("/returned-letters", reference="vcs-0000-000z")
    officer.fill("/returned-letters", reference="Mrs Canary")
    administrator = office.person(Role.ADMINISTRATOR)
    asked = administrator.get("/tasks").text
    assert asked.count("A letter came back, and nobody knows which") == 3
    # Two on which nothing can be read are two letters, and so is one with other words on it.
    for words in ("unreadable", "unreadable"):
        officer.fill("/returned-letters", reference=words)
    officer.fill("/returned-letters", reference="vcs-0000-000z", read="Green ink")
    assert administrator.get("/tasks").text.count("nobody knows which") == 6
    assert "VCS-0000-000Z" in asked
    assert "Canary" not in asked
    shown = administrator.get("/unknown-letters").text
    assert "Canary, blue ink" in shown
    assert "Mrs Canary" in shown
    assert officer.get("/unknown-letters").status_code == 403


def test_witness_care_records_nothing_as_returned(office: Office) -> None:
    _, letter = drafted(office)
    person = office.person(Role.WITNESS_CARE)
    assert person.get(f"{letter}/returned").status_code == 403
    assert person.get("/returned-letters").status_code == 403


def test_the_command_records_it_once_and_names_what_comes_near(
    office: Office, posted: tuple[Visitor, str, str]
) -> None:
    officer, letter, reference = posted
    right, environ = letter.rpartition("/")[2], environment(office.app.state.door.settings)

    def said(*arguments: str) -> tuple[int, str]:
        done = commands.run(("post", "returned", *arguments), environ)
        return done.returncode, done.stdout + done.stderr

    when = ("--on", "2026-03-02")
    code, words = said(right, "--reason", "soggy", *when)
    assert (code, "There is no such reason" in words) == (1, True)
    smudged = right[:-1] + ("A" if right[-1] != "A" else "B")
    code, words = said(smudged, "--reason", "refused", *when)
    assert (code, right in words, "Nothing was recorded" in words) == (1, True, True)
    assert "Came back" not in met(officer, reference)
    code, words = said("VCS-0000-000Z", "--reason", "refused", *when)
    assert (code, "kept as VCS-" in words) == (1, True)
    code, words = said(smudged, "--reason", "refused", "--keep", *when)
    assert (code, "kept as VCS-" in words) == (1, True)
    printed = right.removeprefix("VCS-").lower()
    code, words = said(printed, "--reason", "addressee refused", *when)
    assert (code, words) == (0, f"Recorded: {right} came back on 2026-03-02, “Refused”.\n")
    assert "Came back on Monday 2 March 2026: refused" in met(officer, reference)
    code, words = said(right, "--reason", "gone-away", *when)
    assert (code, "was recorded before" in words) == (0, True)
    assert "refused" in met(officer, reference)
