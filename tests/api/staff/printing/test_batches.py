"""Print batches on the pages and by command, and what GOV.UK Notify tells us."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from sqlmodel import select

from letters.despatch.print_check import read_back
from letters.render import PressBroke
from tests.api.office import Office, Visitor
from tests.api.staff.letters.test_letters import approve, assigned, drafted
from tests.api.staff.victims.test_contact import FIRST_CONTACT, met, on
from tests.services import commands
from tests.services.processes import environment
from vcs.access.actors import Actor
from vcs.access.exclusions.records import Exclusion
from vcs.access.records import Account, AuditEntry
from vcs.access.work import Work
from vcs.post.batches import made as made_file
from vcs.post.batches.records import PrintBatch
from vcs.post.notify import give
from vcs.post.records import LetterRecord
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.records import PostedLetter

Command = Callable[..., CompletedProcess[str]]

TOKEN = "a-token-that-was-agreed"


@pytest.fixture
def approved(office: Office) -> tuple[Visitor, str, str]:
    """Return an officer, the reference of an approved letter, and its referral."""
    officer, letter = drafted(office)
    reference = officer.get(letter).text.partition('href="/referrals/')[2].partition('"')[0]
    assert approve(officer, letter).status_code == 303
    return officer, letter.rpartition("/")[2], reference


@pytest.fixture
def command(office: Office) -> Command:
    """Return the command, run on the office's database on the office's day."""
    environ = environment(office.settings)

    def run(*arguments: str) -> CompletedProcess[str]:
        return commands.run(("post", *arguments), environ)

    return run


def made(office: Office) -> tuple[Visitor, str]:
    """Return the unit's administrator, and the address of a batch that they made."""
    clerk = office.person(Role.UNIT_ADMINISTRATOR)
    at = clerk.fill("/print-batches/new").headers["location"]
    assert clerk.fill(at, f"{at}/continue").status_code == 303
    return clerk, at


def opened(clerk: Visitor, at: str) -> tuple[bytes, list[dict[str, str]]]:
    """Return the file for the printer, and the lines of its manifest."""
    answer = clerk.fill(at, f"{at}.zip")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        manifest = packed.read("manifest.csv").decode()
        return packed.read("letters.pdf"), list(csv.DictReader(io.StringIO(manifest)))


def files_while_one_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """Have temporary files made in a folder; return a list of what lies there at each writing."""
    found: list[list[Path]] = []
    record_made = made_file.record_made

    def looked_at(*given: Any) -> None:
        found.append([one for one in folder.rglob("*") if one.is_file()])
        record_made(*given)

    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(made_file, "record_made", looked_at)
    return found


def test_a_batch_is_made_opened_and_recorded_as_left(
    office: Office,
    approved: tuple[Visitor, str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer, letter, referral = approved
    clerk = office.person(Role.UNIT_ADMINISTRATOR)
    assert "1 approved letter is in no batch" in clerk.get("/print-batches").text
    clerk, at = made(office)
    assert "Not recorded as left" in clerk.get(at).text
    (tmp_path / "temporary").mkdir()
    lying = files_while_one_is_made(tmp_path / "temporary", monkeypatch)
    pdf, lines = opened(clerk, at)
    assert lying == [[]]
    (tmp_path / "letters.pdf").write_bytes(pdf)
    (held,) = read_back(tmp_path / "letters.pdf")
    assert [one["reference"] for one in lines] == [held.reference] == [letter]
    assert f"{FIRST_CONTACT} Done" not in met(officer, referral)
    stayed = clerk.fill(f"{at}/left", stayed="VCS-0000-0000", **on("left_on"))
    assert "Not in this batch: VCS-0000-0000" in stayed.text
    assert clerk.fill(f"{at}/left", **on("left_on")).status_code == 303
    assert f"{FIRST_CONTACT} Done" in met(officer, referral)
    page = clerk.get(at).text
    assert "1 left" in page
    assert clerk.fill("/print-batches", f"{at}.zip").status_code == 409
    with office.app.state.door.db.reading() as session:
        events = set(session.exec(select(AuditEntry.event)))
    assert {"batch.begun", "batch.opened", "batch.left"} <= events


def test_somebody_shut_out_from_a_case_sees_no_letter_of_it_in_a_batch(
    office: Office, approved: tuple[Visitor, str, str]
) -> None:
    clerk, at = made(office)
    with office.app.state.door.db.writing() as session:
        whose = session.exec(select(Account.id).where(Account.role == Role.MANAGER)).one()
        case, now = session.exec(select(Sentence.id)).one(), office.clock.now()
        how = {"declared": True, "excluded_at": now, "excluded_by": whose, "sealed": b""}
        session.add(Exclusion(account_id=whose, sentence_id=case, **how))
    manager = office.person(Role.MANAGER)
    page = manager.get(at).text
    assert approved[1] not in page
    assert "0 waiting" in page
    opened(clerk, at)
    page = manager.get(at).text
    assert approved[1] not in page
    assert "Ask a colleague of your unit" in page
    assert manager.fill("/print-batches", f"{at}.zip").status_code == 409
    assert manager.get(f"{at}/left").status_code == 409
    assert manager.fill("/print-batches", f"{at}/left", **on("left_on")).status_code == 409
    assert approved[1] in clerk.get(at).text


def test_what_became_unsafe_is_named_on_the_page_of_the_batch(
    office: Office, approved: tuple[Visitor, str, str]
) -> None:
    _, letter, _ = approved
    clerk, at = made(office)
    opened(clerk, at)
    with office.app.state.door.db.writing() as session:
        held = session.exec(select(LetterRecord)).one()
        held.signatory = None
        held.status, held.withdrawn_reason = "withdrawn", "Since it was approved: she moved."
        session.add(held)
    done = clerk.fill(f"{at}/left", **on("left_on"))
    assert "batch-pull" in done.headers["location"]
    page = clerk.get(done.headers["location"]).text
    assert "Pull these letters. They must not leave." in page
    assert letter in page
    assert "she moved" in page


def test_a_letter_in_plain_text_is_named_to_be_sent_by_email_and_recorded_as_left(
    office: Office, command: Command, tmp_path: Path
) -> None:
    reference, victim = assigned(office, format_needs="Plain text, by email")
    officer, begin = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}/letter"
    answer = officer.fill(begin, language="en", format="text")
    assert answer.status_code == 303, answer.text
    letter = answer.headers["location"].partition("?")[0]
    assert approve(officer, letter).status_code == 303
    clerk = office.person(Role.UNIT_ADMINISTRATOR)
    page = clerk.get("/print-batches").text
    assert "Letters to send by email or to read out" in page
    assert f'href="{letter}"' in page
    assert "No approved letter waits for a batch" in page
    said = command("batch", str(tmp_path / "out")).stdout
    assert "Send them by email or read them out" in said
    assert letter.rpartition("/")[2] in said
    assert "Record that this letter was sent or read out" in clerk.get(f"{letter}/posted").text
    assert clerk.fill(f"{letter}/posted", **on("posted_on")).status_code == 303
    assert f"{FIRST_CONTACT} Done" in met(officer, reference)
    assert "Letters to send by email" not in clerk.get("/print-batches").text


@pytest.mark.parametrize("role", [Role.VLO, Role.WITNESS_CARE, Role.ADMINISTRATOR])
def test_others_make_no_batch(office: Office, role: Role) -> None:
    assert office.person(role).get("/print-batches").status_code == 403


def test_the_command_makes_the_same_batch_until_it_left(
    approved: tuple[Visitor, str, str], command: Command, tmp_path: Path
) -> None:
    _, letter, _ = approved
    done = command("batch", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert re.search(r"Batch VCS-\S+: 1 letters on 2 sheets", done.stdout), done.stdout
    files = {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()}
    assert set(files) == {"letters.pdf", "manifest.csv"}
    again = command("batch", str(tmp_path / "again"))
    assert again.returncode == 0
    assert {one.name: one.read_bytes() for one in (tmp_path / "again").iterdir()} == files
    left = command("despatched", str(tmp_path / "out" / "manifest.csv"))
    assert left.returncode == 0, left.stdout
    assert "recorded as left: 1" in left.stdout
    twice = command("despatched", str(tmp_path / "out" / "manifest.csv"))
    assert (twice.returncode, "Recorded before: 1" in twice.stdout) == (0, True)
    nothing = command("batch", str(tmp_path / "out"))
    assert "No approved letter waits" in nothing.stdout
    assert list((tmp_path / "out").iterdir()) == []
    assert letter.encode() in files["manifest.csv"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "missing"),
        (b"\x89PNG\r\n", "no manifest"),
        (b"reference\nVCS-1\n", "missing"),
        (b"batch,reference\n", "names no letter"),
        (b"batch,reference\nA,R\nB,R\n", "more than one batch"),
        (b"batch,reference\nVCS-0000-0000,VCS-0000-0001\n", "no such batch"),
    ],
)
def test_what_is_no_manifest_records_nothing(
    office: Office, command: Command, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "manifest.csv"
    file.write_bytes(content)
    done = command("despatched", str(file))
    assert done.returncode == 1
    assert words in done.stderr
    with office.app.state.door.db.reading() as session:
        assert session.exec(select(PostedLetter)).all() == []


def test_an_unknown_reference_is_named_and_the_others_are_recorded(
    office: Office, approved: tuple[Visitor, str, str], command: Command, tmp_path: Path
) -> None:
    command("batch", str(tmp_path / "out"))
    manifest = tmp_path / "out" / "manifest.csv"
    head, row = manifest.read_text().splitlines()
    manifest.write_text(f"{head}\n{row.replace(approved[1], 'VCS-0000-0000')}\n{row}\n")
    done = command("despatched", str(manifest))
    assert done.returncode == 1
    assert "recorded as left: 1" in done.stdout
    assert "VCS-0000-0000" in done.stdout
    assert "The batch stays open" in done.stdout
    with office.app.state.door.db.reading() as session:
        assert session.exec(select(PrintBatch)).one().closed_at is None


def told(office: Office, body: Any, token: str = TOKEN) -> Any:
    """Send a callback as Notify does."""
    headers = {"Authorization": f"Bearer {token}"}
    return office.client.post("/notify/callbacks", json=body, headers=headers)


def test_a_callback_needs_its_token_and_records_that_a_letter_left(
    office: Office, approved: tuple[Visitor, str, str]
) -> None:
    officer, letter, referral = approved
    door = office.app.state.door
    body = {"id": "n-1", "reference": letter, "status": "received", "to": "1 Canary Lane"}
    assert told(office, body).status_code == 404
    door.settings = door.settings.model_copy(update={"notify_callback_token": TOKEN})
    assert told(office, body, "another-token-of-ours").status_code == 401
    assert told(office, body).status_code == 404
    with door.db.writing() as session:
        operator = Actor(0, "vcs post", Role.ADMINISTRATOR, client_id="vcs-post")
        assert give.give(Work(session, door.sealer, operator, office.clock.now()), None).taken == 1
    for _ in range(2):
        assert told(office, body).status_code == 200
    assert f"{FIRST_CONTACT} Done" in met(officer, referral)
    back = {"notification_id": "n-1", "reference": letter, "date_sent": "2026-03-02"}
    assert told(office, back).status_code == 200
    assert f"{FIRST_CONTACT} Done" not in met(officer, referral)
    assert told(office, ["nothing"]).status_code == 422


def test_a_letter_that_breaks_the_press_becomes_a_task(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, letter = drafted(office)

    def breaks(*_: object) -> None:
        raise PressBroke("The letter cannot be made: the press stopped.")

    monkeypatch.setattr(office.app.state.door.renderer, "letter", breaks)
    for _ in range(2):
        assert approve(officer, letter).status_code == 422
    with office.app.state.door.db.reading() as session:
        asked = [one.question for one in session.exec(select(Task)) if "not_sent" in one.kind]
    assert len(asked) == 1
    assert letter.rpartition("/")[2] in asked[0]


@pytest.mark.parametrize(
    ("at", "button"),
    [("notify", "Give the letters to GOV.UK Notify"), ("email", "Send the plain text letters")],
)
def test_the_pages_for_notify_open_by_their_links(office: Office, at: str, button: str) -> None:
    door = office.app.state.door
    keyed = {"notify_api_key": "a-key-of-notify", "notify_email_template": "a-template"}
    door.settings = door.settings.model_copy(update=keyed)
    clerk = office.person(Role.UNIT_ADMINISTRATOR)
    page = clerk.get(f"/print-batches/{at}")
    assert page.status_code == 200
    assert button in page.text
    sent = clerk.fill(f"/print-batches/{at}")
    assert sent.headers["location"].startswith("/print-batches?")
