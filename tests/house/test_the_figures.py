"""The figures of the house hold, but for a list of exceptions that only shrinks."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from statistics import median

import pytest

from tests.house import exceptions, figures
from tests.house.reach import Program
from tests.house.source import Source, room_files


def against(listed: Iterable[str], found: Counter[str], what_to_do: str) -> str:
    """Say what is over its size and not listed, and what is listed and no longer over."""
    allowed = Counter(listed)
    new = [f"{name}: {what_to_do}" for name in (found - allowed).elements()]
    mended = [f"{name} is mended: take it off the list" for name in (allowed - found).elements()]
    return "\n".join([*new, *mended])


def test_half_of_all_functions_have_eight_lines_or_fewer_and_nine_in_ten_under_twenty() -> None:
    lines = [one.lines for one in figures.measured(room_files())]
    assert median(lines) <= 8
    assert figures.ninetieth(lines) < 20


def test_no_function_takes_more_than_five_parameters_but_those_listed() -> None:
    found = figures.over_five(figures.measured(room_files()))
    what_to_do = "make one value of what always travels together (at most 5 parameters)"
    assert against(exceptions.OVER_FIVE_PARAMETERS, found, what_to_do) == ""


def test_no_file_is_over_three_hundred_lines_but_those_listed() -> None:
    found = figures.long_files(room_files())
    assert against(exceptions.LONG_FILES, found, "split the idea (300 lines are comfortable)") == ""


def test_no_page_leads_through_more_than_a_dozen_files_but_those_listed() -> None:
    found = figures.far_pages(figures.pages())
    what_to_do = "ask the reads that it shows, and no others (at most 12 files)"
    assert against(exceptions.FAR_PAGES, found, what_to_do) == ""


def test_no_page_leads_farther_than_the_farthest_did() -> None:
    farthest = figures.pages()[0]
    assert farthest.files == exceptions.FILES_FOR_THE_FARTHEST_PAGE, farthest


def test_no_page_that_answers_a_get_can_reach_a_transaction_that_writes() -> None:
    found = {one.rpartition(" ")[2] for one in figures.writing_pages(figures.program())}
    assert found == exceptions.PAGES_THAT_KEEP_WHAT_LEAVES


def test_a_new_exception_is_named_and_so_is_one_that_was_mended() -> None:
    said = against(("old 6", "twice 7", "twice 7"), Counter(["new 6", "twice 7"]), "mend it")
    assert said.splitlines() == [
        "new 6: mend it",
        "old 6 is mended: take it off the list",
        "twice 7 is mended: take it off the list",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("def f(): ...", 0),
        ("def f(a, /, b, *, c): ...", 3),
        ("def f(self, a): ...", 1),
        ("def f(cls, *more, **named): ...", 2),
    ],
)
def test_parameters_are_counted_without_what_a_method_is_called_on(text: str, count: int) -> None:
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    assert figures.parameters_of(function) == count


def test_nine_in_ten_do_not_exceed_the_ninetieth() -> None:
    assert figures.ninetieth([*range(1, 11)]) == 9
    assert figures.ninetieth([*range(1, 101)]) == 90
    assert figures.ninetieth([4]) == 4


PLANTED = Program(
    Source(path, text)
    for path, text in {
        "api/page.py": """
from vcs import lists
from vcs.database import Database
@routes.get("/")
def shown(): return lists.all_of(1)
@routes.get("/kept")
def kept(): save()
def save():
    with db.writing() as session: ...
@routes.post("/")
def sent(): save()
FORM = [lists.not_asked]
@forms.serve(routes, "/form", FORM)
def answered(): save()
""",
        "vcs/lists/__init__.py": "from vcs.lists.every import all_of, not_asked",
        "vcs/lists/every.py": "from vcs.lists.one import single\nall_of = not_asked = [single]",
        "vcs/lists/one.py": "from vcs.database import Database\ndef single(x: Database): ...",
        "vcs/lists/beside.py": "from vcs.lists.every import all_of",
        "vcs/database.py": "from vcs.lists.beside import x\nclass Database: y = x",
    }.items()
)


def test_a_page_is_followed_by_name_through_packages_to_the_ground() -> None:
    names = ["shown", "kept", "FORM"]
    assert [page for page, _ in PLANTED.pages()] == [("api.page", name) for name in names]
    found = PLANTED.files(("api.page", "shown"))
    assert found == {"api/page.py", "vcs/lists/every.py", "vcs/lists/one.py"}


def test_a_form_is_followed_as_its_page_and_not_as_what_it_does() -> None:
    found = PLANTED.files(("api.page", "FORM"))
    assert found == {"api/page.py", "vcs/lists/every.py", "vcs/lists/one.py"}


def test_a_page_that_writes_is_named() -> None:
    assert figures.writing_pages(PLANTED) == ["api/page.py: kept"]
