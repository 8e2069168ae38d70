"""Print batches: one file for the printer, its manifest, and that its letters left (N-02)."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from letters import LetterRefused
from letters.despatch import print_check
from letters.despatch.print_check import read_back
from letters.despatch.print_file import PrintedLetter, write
from tests.journeys.test_victim_to_choice import open_letter, post
from tests.journeys.world import World
from tests.post.batches.a_batch import a_pdf, approved, leave, made, making, office
from tests.victims.test_first_contact import met_on
from tests.victims.test_one_person import REFUGE, change, rows
from vcs.access import trail
from vcs.errors import NotAllowed, NotFound
from vcs.post.batches import fill
from vcs.post.batches.despatch import Left
from vcs.post.batches.made import LetterToPrint
from vcs.post.batches.manifest import read
from vcs.post.batches.records import BatchLetter, PrintBatch
from vcs.post.posting import MustNotLeave
from vcs.post.reads import letter_page
from vcs.post.records import LetterRecord
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role
from vcs.victims.records import PostedLetter, Victim


def lines(manifest: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(manifest)))


def words_on(file: Path) -> list[bytes]:
    """Return what each page of a file draws; b"" for an empty one."""
    with pikepdf.open(file) as pdf:
        return [
            page.obj.Contents.read_bytes() if "/Contents" in page.obj else b"" for page in pdf.pages
        ]


def test_each_letter_begins_on_the_front_of_a_sheet_and_the_manifest_says_where(
    world: World, tmp_path: Path
) -> None:
    office(world)
    long = approved(world, "Ann Large-Print", pages=3)
    short = {approved(world, "Bea Short"), approved(world, "Cerys Welsh")}
    reference, file, manifest = made(world, tmp_path)
    found = lines(manifest)
    assert [one["reference"] for one in found] == [*sorted(short), long]
    assert [(one["first_page"], one["pages"], one["sheets"]) for one in found] == [
        ("1", "1", "1"),
        ("3", "1", "1"),
        ("5", "3", "2"),
    ]
    assert {one["batch"] for one in found} == {reference}
    drawn = words_on(file)
    assert [bool(page) for page in drawn] == [True, False, True, False, True, True, True, False]
    for one in found:
        page = drawn[int(one["first_page"]) - 1]
        assert f"({one['reference']} page 1)".encode() in page
    assert not {"Ann", "Bea", "LS1"} & set(manifest.replace(",", " ").split())


def test_a_batch_is_the_same_bytes_however_often_it_is_made(world: World, tmp_path: Path) -> None:
    office(world)
    approved(world, "Ann", pages=2)
    reference, file, manifest = made(world, tmp_path)
    first = file.read_bytes()
    approved(world, "Bea")
    again, file, same = made(world, tmp_path)
    assert (again, same, file.read_bytes()) == (reference, manifest, first)
    leave(world, manifest)
    other, _, rest = made(world, tmp_path)
    assert other != reference
    assert len(lines(rest)) == 1


def test_despatch_alone_meets_the_duty_and_only_once(world: World, tmp_path: Path) -> None:
    office(world)
    letter = approved(world, "Ann")
    _, _, manifest = made(world, tmp_path)
    assert met_on(world) is None
    assert [one.became for one in leave(world, manifest)] == [Left.RECORDED]
    day = world.today
    assert met_on(world) == day
    world.clock.move_to(day.replace(day=day.day + 3))
    assert [one.became for one in leave(world, manifest)] == [Left.BEFORE]
    (posted,) = rows(world, PostedLetter)
    assert (posted.posted_on, posted.recorded_by) == (day, None)
    assert met_on(world) == day
    assert world.problems() == []
    assert letter
    with world.db.reading() as session:
        assert trail.verify(session) is None


def test_what_stayed_behind_is_in_the_next_batch_and_nothing_that_left(
    world: World, tmp_path: Path
) -> None:
    office(world)
    letters = [approved(world, name) for name in ("Ann", "Bea", "Cerys")]
    _, _, manifest = made(world, tmp_path)
    head, first, second, third = manifest.splitlines()
    part = "\n".join((head, first, second + "yes"))
    done = leave(world, part)
    assert [one.became for one in done] == [Left.RECORDED]
    _, _, rest = made(world, tmp_path)
    assert {one["reference"] for one in lines(rest)} == set(letters) - {done[0].reference}
    # The last row of the first manifest leaves all the same: then the second copy must not.
    assert [one.became for one in leave(world, "\n".join((head, third)))] == [Left.RECORDED]
    became = {one.reference: one.became for one in leave(world, rest)}
    assert became[third.split(",")[1]] is Left.PULL


def test_a_letter_whose_address_became_unsafe_is_pulled_named_and_never_recorded(
    world: World, tmp_path: Path
) -> None:
    office(world)
    moved, stays = approved(world, "Ann Rees"), approved(world, "Bea Pugh")
    _, _, manifest = made(world, tmp_path)
    change(world, victim_of(world, moved), **REFUGE)
    done = {one.reference: one for one in leave(world, manifest)}
    assert done[stays].became is Left.RECORDED
    assert done[moved].became is Left.PULL
    assert "address changed" in done[moved].why
    assert [one.letter_id for one in rows(world, PostedLetter)] == [letter_id(world, stays)]
    again = {one.reference: one.became for one in leave(world, manifest)}
    assert again == {stays: Left.BEFORE, moved: Left.PULL}


def test_a_batch_made_again_leaves_out_what_became_unsafe_and_says_so(
    world: World, tmp_path: Path
) -> None:
    office(world)
    moved, stays = approved(world, "Ann Rees"), approved(world, "Bea Pugh")
    reference, _, _ = made(world, tmp_path)
    change(world, victim_of(world, moved), **REFUGE)
    hand = making(world)
    again, file, manifest = made(world, tmp_path)
    assert again == reference
    assert [one["reference"] for one in lines(manifest)] == [stays]
    assert all(moved.encode() not in page for page in words_on(file))
    assert hand.pulled == []
    (pulled,) = [one for one in rows(world, BatchLetter) if one.pulled_at]
    assert "address changed" in (pulled.pulled_reason or "")


def test_one_that_left_before_anybody_could_stop_it_is_recorded_and_asked_about(
    world: World, tmp_path: Path
) -> None:
    office(world)
    letter = approved(world, "Ann Rees")
    _, _, manifest = made(world, tmp_path)
    change(world, victim_of(world, letter), **REFUGE)
    assert [one.became for one in leave(world, manifest, already_left=True)] == [Left.RECORDED]
    (task,) = [one for one in rows(world, Task) if one.kind == TaskKind.LETTER_NOT_SENT]
    assert letter in task.question
    assert task.due_on == world.today


@pytest.mark.parametrize("already_left", [True, False])
def test_one_that_was_withdrawn_before_the_day_holds_up_no_other_row(
    world: World, tmp_path: Path, already_left: bool
) -> None:
    office(world)
    moved, stays = approved(world, "Ann Rees"), approved(world, "Bea Pugh")
    _, _, manifest = made(world, tmp_path)
    change(world, victim_of(world, moved), **REFUGE)
    world.sweep()
    world.clock.move_to(world.today + timedelta(days=1))
    done = leave(world, manifest, already_left=already_left)
    became = {one.reference: one.became for one in done}
    assert became == {stays: Left.RECORDED, moved: Left.RECORDED if already_left else Left.PULL}
    left = {one.letter_id for one in rows(world, PostedLetter)}
    assert (letter_id(world, moved) in left) is already_left
    stops = [one for one in rows(world, Task) if one.topic == TaskTopic.MUST_STOP]
    assert [moved in one.question for one in stops] == [True]


def test_a_letter_opened_to_be_posted_by_itself_is_pulled_from_the_batch(
    world: World, tmp_path: Path
) -> None:
    office(world)
    letter = approved(world, "Ann")
    _, _, manifest = made(world, tmp_path)
    assert open_letter(world, letter).pdf
    post(world, letter, world.today)
    (done,) = leave(world, manifest)
    assert done.became is Left.PULL
    assert "posted already" in done.why


def test_posting_by_itself_asks_the_gate_too(world: World) -> None:
    office(world)
    letter = approved(world, "Ann Rees")
    change(world, victim_of(world, letter), **REFUGE)
    with pytest.raises(MustNotLeave, match="address changed"):
        post(world, letter, world.today)
    assert rows(world, PostedLetter) == []


def test_a_letter_whose_pdf_cannot_be_read_costs_no_other_and_asks_a_person(
    world: World, tmp_path: Path
) -> None:
    office(world)
    broken = approved(world, "Ann", pdf=b"%PDF-1.7 broken")
    fine = approved(world, "Bea")
    _, _, manifest = made(world, tmp_path)
    assert [one["reference"] for one in lines(manifest)] == [fine]
    (task,) = [one for one in rows(world, Task) if one.kind == TaskKind.LETTER_NOT_SENT]
    assert broken in task.question


def test_a_region_s_batch_holds_its_own_letters_and_others_cannot_see_it(
    world: World, tmp_path: Path
) -> None:
    office(world)
    approved(world, "Ann")
    manager = world.hire(Role.MANAGER, "Ffion", "N03")
    reference, _, _ = made(world, tmp_path, "N55")
    with pytest.raises(NotFound):
        making(world, manager).batch(reference)
    with world.db.writing() as session, pytest.raises(NotAllowed):
        fill.begin(world.work(session, world.people[Role.VLO]), "N55")
    assert len(rows(world, PrintBatch)) == 1


def test_the_file_is_whole_and_its_letters_keep_what_they_draw(tmp_path: Path) -> None:
    file, put = written_to(tmp_path, 30)
    assert list(read_back(file)) == put
    assert [one.reference for one in put] == [f"VCS-{number:04d}-AAAA" for number in range(30)]
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == sum(one.sheets * 2 for one in put)


def test_a_page_that_was_changed_in_the_file_is_noticed(tmp_path: Path) -> None:
    letters = [LetterToPrint(f"VCS-000{at}-AAAA", a_pdf(f"letter {at}")) for at in range(3)]
    file = tmp_path / "letters.pdf"
    with file.open("wb") as to:
        put = list(write(letters, "VCS-BATC-H000", to))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.pages[2]
        pdf.save(file)
    with pytest.raises(LetterRefused):
        assert list(read_back(file)) == put


@pytest.mark.parametrize("at_a_time", [1, 4, 5, 12])
def test_a_file_is_read_back_in_parts_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(print_check, "_AT_A_TIME", at_a_time)
    file, put = written_to(tmp_path, 12)
    assert list(read_back(file)) == put


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b"%%EOF\n", b""),
        (b"\nxref\n", b"\nxxxx\n"),
        (b"/Kids [", b"/Kidz ["),
        (b"/Title (VCS-0001-AAAA)", b"/Title <VCS-0001-AAAA>"),
        (b"\n2 0 obj\n", b"\n3 0 obj\n"),
    ],
)
def test_a_file_that_was_damaged_is_not_read_back(tmp_path: Path, was: bytes, now: bytes) -> None:
    file, _ = written_to(tmp_path, 3)
    whole = file.read_bytes()
    before, found, after = whole.rpartition(was)
    assert found
    file.write_bytes(before + now + after)
    with pytest.raises(LetterRefused):
        list(read_back(file))


def test_two_letters_that_changed_places_are_noticed(tmp_path: Path) -> None:
    file, put = written_to(tmp_path, 4)
    whole = file.read_bytes()
    swapped = whole.replace(b"(VCS-0001-", b"(VCS-XXXX-").replace(b"(VCS-0002-", b"(VCS-0001-")
    file.write_bytes(swapped.replace(b"(VCS-XXXX-", b"(VCS-0002-"))
    assert sorted(one.reference for one in read_back(file)) == [one.reference for one in put]
    assert list(read_back(file)) != put


def written_to(folder: Path, count: int) -> tuple[Path, list[PrintedLetter]]:
    """Write letters of one to three pages into a file, and say what was put there."""
    letters = [
        LetterToPrint(f"VCS-{number:04d}-AAAA", a_pdf(f"letter {number}", number % 3 + 1))
        for number in range(count)
    ]
    file = folder / "letters.pdf"
    with file.open("wb") as to:
        return file, list(write(letters, "VCS-BATC-H000", to))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_manifest_that_a_spreadsheet_saved_is_read(separator: str) -> None:
    text = f"\ufeffbatch{separator}reference{separator}pulled\r\nB{separator}R1{separator}Yes\r\n"
    (row,) = read(text.encode())
    assert (row.batch, row.reference, row.pulled) == ("B", "R1", True)


def test_two_victims_of_one_offender_share_no_letter_no_file_and_no_reference(
    world: World, tmp_path: Path
) -> None:
    office(world)
    ann, bea = approved(world, "Ann Rees"), approved(world, "Bea Pugh")
    assert len({ann, bea, *world.referrals()}) == 3
    first, second = rows(world, LetterRecord)
    assert first.victim_id != second.victim_id
    assert first.sha256 != second.sha256
    _, file, _ = made(world, tmp_path)
    for drawn in words_on(file):
        assert not (ann.encode() in drawn and bea.encode() in drawn)
    with world.db.reading() as session:
        theirs = letter_page(session, world.sealer, world.people[Role.VLO], ann).victim.name
    assert theirs == "Ann Rees"


def victim_of(world: World, letter: str) -> str:
    with world.db.reading() as session:
        return session.get_one(Victim, _letter(world, letter).victim_id).reference


def letter_id(world: World, letter: str) -> int:
    return _letter(world, letter).id


def _letter(world: World, letter: str) -> LetterRecord:
    found: LetterRecord = next(one for one in rows(world, LetterRecord) if one.reference == letter)
    return found
