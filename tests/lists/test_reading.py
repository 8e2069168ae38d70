"""Lists as spreadsheets really save them: nothing is skipped unseen, nothing is guessed."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.journeys.world import World
from tests.lists.listed import HEADING, line, probation
from vcs.errors import NotValid
from vcs.lists.endings import endings
from vcs.lists.prepare import Asked, lines_of, prepared, quiet
from vcs.lists.reading.columns import Cell, ListKind, mapped
from vcs.lists.reading.days import NoDay, Order, day_of, order_of
from vcs.lists.reading.imposed import Standing, imposed
from vcs.lists.reading.lines import Line
from vcs.lists.reading.rows import A_TOTAL, BLANK, rows_of
from vcs.lists.reading.rows import HEADING as HEADING_AGAIN
from vcs.terms import SentenceKind

N_13 = """\
CRN;NOMS_NUMBER;PNC_NUMBER;SURNAME;FIRST_NAME;DATE_OF_BIRTH_DATE;DISPOSAL_DATE;SENTENCE_TYPE;ENTRY_LENGTH;ENTRY_LENGTH_UNITS;OFFENCE_CODE;COURT
Z920001;;2006/9000126L;QUILLFEATHER;TOBIAH;14/03/1988;18/09/2026;SC;72;Months;501;Leeds Crown Court
Z920003;;;HATHERWICK;LEONTYNE;33261;46315;SC;60;Months;1900;Bristol Crown Court
Z920004;;;"TARN;SIDE";OLWEN;;20/10/2026;SC;24;Months;802;Leeds Crown Court

Z920005;;;NOMAN;JAIDEN;31/02/1990;20/10/2026;SC;24;Months;802;Leeds Crown Court
Total rows: 5;;;;;;;;;;;
"""


def read(world: World, content: bytes, **more: object) -> list[Line]:
    kind = more.pop("kind", ListKind.PROBATION)
    with world.db.reading() as session:
        ready = prepared(session, Asked(kind, content, **more))  # type: ignore[arg-type]
        return [one for one, _ in lines_of(ready, quiet)]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + N_13.encode(),
        N_13.encode("utf-16"),
        N_13.replace("\n", "\r\n").encode("cp1252"),
        b"sep=;\n" + N_13.encode(),
        b"\n\n" + N_13.encode(),
    ],
    ids=["byte order mark", "UTF-16", "Windows", "sep=", "blank lines first"],
)
def test_a_list_is_read_as_a_spreadsheet_saves_it(world: World, content: bytes) -> None:
    lines = read(world, content)
    assert [one.row for one in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[0].home_office_code == "00501"
    assert lines[0].described.sentenced_on == date(2026, 9, 18)
    assert lines[1].described.person.born_on == date(1991, 1, 23)
    assert lines[1].described.sentenced_on == date(2026, 10, 20)
    assert (lines[2].described.person.name.full, lines[2].refused) == ("OLWEN TARN SIDE", "")
    assert (lines[3].refused, lines[5].refused) == (BLANK, A_TOTAL)
    assert lines[4].problems == ("the date of birth '31/02/1990' is no day of the calendar",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(world: World, delimiter: str) -> None:
    content = probation(line()).decode().replace(",", delimiter).encode()
    (one,) = read(world, content)
    assert one.described.person.name.full == "TOBIAH QUILLFEATHER"


def test_letters_that_windows_saved_are_not_lost(world: World) -> None:
    (one,) = read(world, probation(line(surname="PEÑALVER")).decode().encode("cp1252"))
    assert one.described.person.name.surname == "PENALVER"


@pytest.mark.parametrize(
    "words",
    [
        "Total rows: 5",
        "Grand Total",
        "Rows: 5",
        "5 rows",
        "12,345 records exported",
        "Number of records,5",
        "Count,5",
        "*** END OF REPORT ***",
        "Cyfanswm,5",
        "Printed 12 November 2026",
        "Page 1 of 3",
    ],
)
def test_a_total_in_any_words_is_refused_by_name(world: World, words: str) -> None:
    lines = read(world, probation(line(), words))
    assert [one.refused for one in lines] == ["", A_TOTAL]


def test_a_line_with_more_cells_than_the_heading_is_named(world: World) -> None:
    (one,) = read(world, probation(f"{line()},spilled"))
    assert one.refused == "the line has 14 cells and the heading 13"
    (ending,) = endings([one], {})
    assert (ending.ends_as, ending.reason) == ("task", "not_read")


def test_a_line_that_ends_before_its_day_is_named_and_one_that_drops_empty_cells_is_not(
    world: World,
) -> None:
    heading, *cells = HEADING.split(","), line(length="", unit="", code="", court="")
    content = "\n".join((HEADING, "broken,row", cells[0].rstrip(","))).encode()
    broken, dropped = read(world, content)
    assert broken.refused == f"the line has 2 cells and the heading {len(heading)}"
    assert (dropped.refused, dropped.described.sentenced_on) == ("", date(2026, 9, 18))
    (ending,) = endings([broken], {})
    assert (ending.ends_as, ending.reason, ending.why) == ("task", "not_read", broken.refused)


def test_merged_cells_above_the_heading_and_sums_below_are_no_lines(world: World) -> None:
    above = "Who;;;;;;When;;What;;;\n"
    below = "Total;;;;;;;;156;;;\nCount;5;;;;;;;;;;31,2%\n"
    lines = read(world, (above + N_13 + below).encode())
    assert [one.row for one in lines] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert lines[0].described.person.name.surname == "QUILLFEATHER"
    assert [one.refused for one in lines[5:]] == [A_TOTAL] * 3


def test_json_is_read_by_the_line_and_as_an_array(world: World) -> None:
    one = dict(zip(HEADING.split(","), line().split(","), strict=True))
    by_line = "\n".join([json.dumps(one), "", "{broken", json.dumps(one)]).encode()
    lines = read(world, by_line)
    assert [bool(each.refused) for each in lines] == [False, True, True, False]
    assert len(read(world, json.dumps([one, one], indent=1).encode())) == 2


def test_a_line_that_nobody_can_keep_or_read_is_refused_alone() -> None:
    good = '{"lastName": "QUILL", "orderedDate": "2026-09-18"}'
    half = '{"lastName": "QU\\ud800", "orderedDate": "2026-09-18"}'
    rows = list(rows_of("\n".join((half, "[" * 100_000, good)).encode()).rows)
    assert [bool(row.refused) for row in rows] == [True, True, False]
    assert rows[0].cells["lastName"].encode() == "QU\ufffd".encode()
    broken = rows_of(good.replace("QUILL", "QU\u2028ILL").encode())
    assert [row.cells["lastName"] for row in broken.rows] == ["QU\u2028ILL"]


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-10-20", None, date(2026, 10, 20)),
        ("2026-10-20T00:00:00Z", None, date(2026, 10, 20)),
        ("20/10/2026 00:00", Order.DAY_FIRST, date(2026, 10, 20)),
        ("02/11/1995", Order.DAY_FIRST, date(1995, 11, 2)),
        ("02/11/1995", Order.MONTH_FIRST, date(1995, 2, 11)),
        ("2 November 1995", None, date(1995, 11, 2)),
        ("02-NOV-1995", None, date(1995, 11, 2)),
        ("33261", None, date(1991, 1, 23)),
        ("46315", None, date(2026, 10, 20)),
        ("46315.5", None, date(2026, 10, 20)),
        ("19880314", None, date(1988, 3, 14)),
        ("Mon 14 Mar 1988", None, date(1988, 3, 14)),
        ("Monday, 14/03/1988", None, date(1988, 3, 14)),
        ("21-AUG-26", None, date(2026, 8, 21)),
        ("", None, None),
    ],
)
def test_a_day_is_read_in_each_way_that_lists_write_it(
    text: str, order: Order | None, day: date | None
) -> None:
    assert day_of(text, order) == day


@pytest.mark.parametrize(
    "text",
    ["31/02/1990", "12", "99999", "14/03/8", "Tue 14 Mar 1988", "19881403", "yesterday", "0"],
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    with pytest.raises(NoDay):
        day_of(text, Order.DAY_FIRST)


@pytest.mark.parametrize(
    ("text", "year"),
    [("14-MAR-88", 1988), ("14-MAR-05", 2005), ("14-MAR-17", 1917), ("14-MAR-16", 2016)],
)
def test_a_birth_of_two_figures_is_of_the_one_century_in_which_they_could_be_sentenced(
    text: str, year: int
) -> None:
    assert day_of(text, Order.DAY_FIRST, date(2026, 9, 18)) == date(year, 3, 14)
    with pytest.raises(NoDay):
        day_of(text, Order.DAY_FIRST, date.min)


def test_what_spreadsheets_and_systems_add_is_no_value(world: World) -> None:
    head, first = probation(line()).decode().splitlines()[:2]
    cells = dict(zip(head.split(","), first.split(","), strict=True))
    odd = cells | {"ENTRY_LENGTH": '"72,00"', "NOMS_NUMBER": "NULL", "SURNAME": "NULL"}
    odd |= {"DATE_OF_BIRTH_DATE": "'1988-03-14", "DISPOSAL_DATE": "N/A"}
    rows = (first, head, ",".join(odd.values()), first)
    plain, heading, other, again = read(world, "\n".join((head, *rows)).encode())

    assert heading.refused == HEADING_AGAIN
    assert other.imposed.term == plain.imposed.term
    assert other.described.person.born_on == date(1988, 3, 14)
    assert other.described.person.name.surname == "NULL"
    assert (other.described.sentenced_on, other.problems) == (None, ())
    assert (plain.repeats, other.repeats, again.repeats) == (0, 0, plain.row)


def test_a_list_inside_one_object_is_read_and_a_sentence_with_aliases_is_one() -> None:
    page = {"content": [{"lastName": "A"}, {"lastName": "B"}], "last": True}
    alone = {"lastName": "A", "aliases": [{"lastName": "B"}]}

    assert [row.cells["lastName"] for row in rows_of(json.dumps(page).encode()).rows] == ["A", "B"]
    assert [row.cells["lastName"] for row in rows_of(json.dumps(alone).encode()).rows] == ["A"]


def test_the_order_of_day_and_month_is_proved_or_asked_for_once(world: World) -> None:
    assert order_of(["02/11/1995", "14/03/1988"]) is Order.DAY_FIRST
    assert order_of(["02/11/1995", "03/14/1988"]) is Order.MONTH_FIRST
    assert order_of(["14/03/1988", "03/14/1988"]) is None
    unclear = probation(line(born="02/11/1995", on="05/10/2026"))
    with pytest.raises(NotValid, match="two ways"):
        read(world, unclear)
    (one,) = read(world, unclear, order=Order.DAY_FIRST)
    assert one.described.sentenced_on == date(2026, 10, 5)


def test_a_column_that_no_table_knows_is_asked_for_by_name() -> None:
    with pytest.raises(NotValid, match="--column surname=COLUMN"):
        mapped(ListKind.PROBATION, ("Family name", "DISPOSAL_DATE"))
    own = {Cell.SURNAME: "Family name"}
    found = mapped(ListKind.PROBATION, ("Family name", "DISPOSAL_DATE"), own)
    assert found[Cell.SURNAME] == "Family name"


def test_birth_dates_that_systems_fill_in_are_missing(world: World) -> None:
    for filled in ("1970-01-01", "1900-01-01"):
        (one,) = read(world, probation(line(born=filled)))
        assert one.described.person.born_on is None


def test_an_empty_file_says_so() -> None:
    with pytest.raises(NotValid, match="empty"):
        rows_of(b"\n\n")


@pytest.mark.parametrize(
    ("status", "recall", "standing"),
    [
        ("SENTENCED", "false", Standing.SENTENCED),
        ("INDETERMINATE_SENTENCE", "false", Standing.SENTENCED),
        ("SENTENCED", "true", Standing.RECALLED),
        ("RECALL", "false", Standing.RECALLED),
        ("REMAND", "false", Standing.REMANDED),
        ("CONVICTED_UNSENTENCED", "false", Standing.CONVICTED_NOT_SENTENCED),
        ("IMMIGRATION_DETAINEE", "false", Standing.NOT_THIS_SCHEME),
        ("DEAD", "false", Standing.DIED),
        ("SOMETHING_NEW", "false", Standing.NOT_TOLD),
    ],
)
def test_a_prisons_status_says_what_a_line_is_about(
    status: str, recall: str, standing: Standing
) -> None:
    cells = {Cell.LEGAL_STATUS: status, Cell.RECALLED: recall}
    assert imposed(cells).standing is standing
    sentenced = imposed({**cells, Cell.SENTENCED_ON: "2026-09-18"}).standing
    speaks_of_a_sentence = {Standing.SENTENCED, Standing.RECALLED}
    assert sentenced is (standing if standing in speaks_of_a_sentence else Standing.NOT_TOLD)


SUSPENDED, UNKNOWN = SentenceKind.SUSPENDED, SentenceKind.UNKNOWN


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Suspended sentence order", SUSPENDED),
        ("ORA Suspended Sentence Order", SUSPENDED),
        ("Imprisonment 18 months, suspended for 24 months", SUSPENDED),
        ("Suspended sentence and unpaid work", SUSPENDED),
        ("Suspended sentence order varied", SentenceKind.SUSPENDED_VARIED),
        ("Suspended sentence order activated", SentenceKind.SUSPENDED_ACTIVATED),
        ("Suspended sentence order revoked and imprisonment imposed", UNKNOWN),
        ("Suspended sentence breach - term implemented in full", UNKNOWN),
        ("Suspended sentence breached: 18 months imprisonment", UNKNOWN),
        ("Suspended sentence taken into effect", UNKNOWN),
        ("Suspended sentence amended, then revoked", UNKNOWN),
        ("Suspended sentence 6 months; imprisonment 18 months", UNKNOWN),
        ("Imprisonment, not suspended", UNKNOWN),
        ("Custody (default)", SentenceKind.DEFAULT_CUSTODY),
        ("Imprisonment 8 years; 12 months in default", UNKNOWN),
        ("Detention and training order", SentenceKind.DETENTION_AND_TRAINING),
        ("Detention and training order; section 250 detention 3 years", UNKNOWN),
    ],
)
def test_words_that_may_be_custody_are_never_read_as_what_nobody_is_told_of(
    words: str, kind: SentenceKind
) -> None:
    assert imposed({Cell.SENTENCE_WORDS: words}).kind is kind


def test_a_suspended_sentence_that_is_marked_as_custody_is_not_read_as_suspended() -> None:
    told = {Cell.SENTENCE_WORDS: "Suspended sentence", Cell.SENTENCE_TYPE: "SC"}
    assert imposed(told).kind is SentenceKind.CUSTODY_UNCLEAR


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04" + bytes(200), "workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(200), "workbook"),
        (b"SURNAME;\x1b[2J\n", "cannot be read as a list"),
        ("SURNAME;DISPOSAL_DATE\n".encode("utf-16-le"), "cannot be read as a list"),
    ],
    ids=["a workbook", "an old workbook", "a terminal's code", "UTF-16 without its mark"],
)
def test_what_is_no_list_is_refused_and_not_repeated(content: bytes, words: str) -> None:
    with pytest.raises(NotValid, match=words) as refused:
        rows_of(content)
    assert str(refused.value).isprintable()


def test_a_quotation_mark_that_stays_open_swallows_no_lines_unseen(world: World) -> None:
    first, second = N_13.splitlines()[1:3]
    for bad in (
        first.replace("QUILL", '"QUILL'),
        first.replace("QUILL", '"QUILL') + "\n" + second + "\n" + second.replace("WICK;", 'WICK";'),
    ):
        content = "\n".join((N_13.splitlines()[0], second, bad, second)).encode()
        with pytest.raises(NotValid, match="Line 2 below the heading has a quotation mark"):
            read(world, content)
    old = "\r".join((N_13.splitlines()[0], second, bad, second)).encode()
    with pytest.raises(NotValid, match="Line 2 below the heading has a quotation mark"):
        list(rows_of(old).rows)
    kept = N_13.replace("TOBIAH", '"TOBIAH\nJAMES"').encode()
    assert len(read(world, kept)) == 6


def test_two_columns_of_one_name_are_not_taken_for_each_other() -> None:
    with pytest.raises(NotValid, match="Two columns of this list are called Surname"):
        mapped(ListKind.PROBATION, ("CRN", "SURNAME", "DISPOSAL_DATE", "Surname"))


def test_a_title_above_the_heading_is_no_line_of_the_list(world: World) -> None:
    above = "Sentences in October, Leeds and Bristol;;;;;;;;;;;\nDrawn on 1 November;;;;;;;;;;;\n\n"
    lines = read(world, (above + N_13).encode())
    assert [one.row for one in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[0].described.person.name.surname == "QUILLFEATHER"


def test_a_number_that_is_kept_as_a_formula_is_the_number(world: World) -> None:
    content = N_13.replace("33261;46315", '="33261";="46315"').replace(";501;", ';="00501";')
    first, second, *_ = read(world, content.encode())
    assert first.home_office_code == "00501"
    assert second.described.sentenced_on == date(2026, 10, 20)


def test_an_instant_is_its_day_in_london() -> None:
    assert day_of("2026-06-30T23:00:00.000Z", None) == date(2026, 7, 1)
    assert day_of("2026-06-30T23:00:00", None) == date(2026, 6, 30)
