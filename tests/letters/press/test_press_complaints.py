"""What the press refuses, what it only logs, and what it says when it cannot start."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters import LetterRefused
from letters.press import needs
from letters.press.complaints import Complaints
from letters.press.process import Press
from letters.render import Renderer
from tests.letters.a_letter import contents
from vcs.errors import NotSetUp

PAGE = '<html lang="en"><head><title>Plain</title>{head}</head><body>{body}</body></html>'
SECRET = "Nowhere-Lane-60"


@pytest.fixture
def folder_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which the press looks for libraries before anywhere else."""
    usual = Press._environment

    def environment(press: Press, fonts_file: Path) -> dict[str, str]:
        return usual(press, fonts_file) | {"LD_LIBRARY_PATH": str(tmp_path)}

    monkeypatch.setattr(Press, "_environment", environment)
    return tmp_path


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.WARNING, "vcs.letters"):
        yield caplog


def break_library(folder: Path, name: str) -> None:
    """Put a file there that no loader can use, under a library's name."""
    (folder / name).write_text("not a library", encoding="ascii")


@pytest.mark.parametrize(
    ("page", "named"),
    [
        (PAGE.replace(' lang="en"', "").format(head="", body="a"), "language"),
        (PAGE.format(head="", body="<p><a href='#nowhere'>a</a>"), "link"),
        (PAGE.format(head="", body="<p>Ꮣ"), "U[+]13D3"),
        (
            PAGE.format(head="<style>@font-face{font-family:q;src:local(No)}</style>", body="a"),
            "a font cannot be loaded",
        ),
    ],
)
def test_what_makes_a_letter_wrong_stops_it(renderer: Renderer, page: str, named: str) -> None:
    with pytest.raises(LetterRefused, match=named):
        renderer.render(page)


@pytest.mark.parametrize(
    ("level", "template", "named"),
    [
        (logging.ERROR, 'Image "%s" has no required alt description', "no description"),
        (logging.ERROR, "Failed to load inline SVG: %s", "image"),
        (logging.ERROR, "An error of a later release: %s", "cannot be used"),
        (logging.WARNING, 'Unable to subset "%s" with HarfBuzz', "font"),
        (logging.WARNING, "This row has more columns than the table, ignored %d cells", "left out"),
    ],
)
def test_every_error_and_each_warning_of_something_lost_stops_a_letter(
    level: int, template: str, named: str
) -> None:
    complaints = Complaints()
    record = logging.LogRecord("weasyprint", level, "page.py", 1, template, (SECRET,), None)
    complaints.handle(record)
    (words,) = complaints.stopping
    assert named in words
    assert SECRET not in words
    assert complaints.notes == []


@pytest.mark.parametrize(
    ("head", "body", "noted"),
    [
        ("", f"<p style='no-such-property: {SECRET}'>a", "Ignored"),
        (f"<meta name=dcterms.created content={SECRET}>", "<p>a", "Invalid date"),
        (f"<style>{SECRET} {{ }} @nonsense {SECRET};</style>", "<p>a", "weasyprint/css"),
    ],
)
def test_what_leaves_a_letter_right_is_logged_without_a_word_of_the_letter(
    logged: pytest.LogCaptureFixture, head: str, body: str, noted: str
) -> None:
    with Renderer() as renderer:
        assert renderer.render(PAGE.format(head=head, body=body)).pages == 1
        assert renderer.render(PAGE.format(head=head, body=body)).pages == 1
    assert noted in logged.text
    assert len(logged.messages) == len(set(logged.messages))
    assert SECRET not in logged.text


def test_advice_to_install_a_library_stops_no_letter(
    folder_first: Path, logged: pytest.LogCaptureFixture
) -> None:
    break_library(folder_first, "libharfbuzz-subset.so.0")
    made = contents()
    with Renderer() as renderer:
        assert renderer.letter(made).window == made.window
    assert "fontTools instead of HarfBuzz-Subset" in logged.text


@pytest.mark.parametrize(
    ("library", "package"),
    [(name, package) for name, package in needs.LIBRARIES.items() if "subset" not in name],
)
def test_a_press_that_cannot_load_a_library_names_it_and_its_package(
    folder_first: Path, logged: pytest.LogCaptureFixture, library: str, package: str
) -> None:
    break_library(folder_first, library)
    with Renderer() as renderer, pytest.raises(NotSetUp) as stopped:
        renderer.letter(contents())
    assert library in str(stopped.value)
    assert package in str(stopped.value)
    assert "Traceback" in logged.text
    assert "\n" not in str(stopped.value)


def test_a_press_that_ends_before_it_can_answer_is_heard_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged: pytest.LogCaptureFixture
) -> None:
    usual = Press._environment
    (tmp_path / "letters.py").write_text("raise ImportError('no letters here')", encoding="ascii")
    monkeypatch.setattr(
        Press, "_environment", lambda *given: usual(*given) | {"PYTHONPATH": str(tmp_path)}
    )
    with Renderer() as renderer, pytest.raises(NotSetUp, match="no letters here"):
        renderer.letter(contents())
    assert "Traceback" in logged.text


def test_a_press_at_work_has_nowhere_to_write_errors(renderer: Renderer) -> None:
    assert renderer.letter(contents()).pages
    assert Path(f"/proc/{renderer.process_id()}/fd/2").readlink() == Path("/dev/null")


def test_a_library_that_is_there_and_broken_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert needs.missing_libraries() == {}
    monkeypatch.setattr(needs, "LIBRARIES", {"libno-such.so.9": "libno-such9"})
    assert needs.missing_packages() == ["libno-such9"]
    assert needs.find_fonts((Path("/nowhere"),)) == {}
