"""The press: what it refuses, what it cannot reach, and that it harms nobody when it breaks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from letters import LetterRefused
from letters.catalogue import html
from letters.press.jobs import LETTER
from letters.press.process import Press
from letters.render import LARGEST_HTML, PressBroke, Renderer
from tests.letters.a_letter import contents
from vcs.terms import Language

PLAIN = '<html lang="en"><title>Plain</title><body>{}</body></html>'


@pytest.fixture
def hasty() -> Iterator[Renderer]:
    with Renderer(seconds=1) as one:
        one.render(PLAIN.format("ready"))
        yield one


def prints(renderer: Renderer) -> bool:
    made = contents()
    return renderer.letter(made).window == made.window


def test_the_same_letter_is_the_same_bytes_in_this_press_and_in_another(
    renderer: Renderer,
) -> None:
    made = contents(Language.WELSH)
    first, again = renderer.letter(made), renderer.letter(made)
    with Renderer() as other:
        elsewhere = other.letter(made)
    assert first.pdf == again.pdf == elsewhere.pdf
    assert first.sha256 == elsewhere.sha256


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ('<img src="http://127.0.0.1/crest.png" alt="x">', "crest.png"),
        ('<img src="crest.png" alt="x">', "crest.png"),
        ('<img src="file:///etc/hostname" alt="x">', "hostname"),
        ('<img src="data:image/png;base64,AAAA" alt="x">', "it asks for"),
        ('<link rel="stylesheet" href="file:///etc/hostname"><p>a', "hostname"),
        ('<link rel="attachment" href="file:///etc/hostname"><p>a', "hostname"),
        ("<style>@import url(https://example.org/other.css)</style>a", "other.css"),
        ("<style>@font-face{font-family:q;src:url(/odd.ttf)}</style>a", "odd.ttf"),
        ('<p style="background:url(/etc/hostname)">a', "hostname"),
    ],
)
def test_a_letter_that_asks_for_anything_outside_itself_is_refused(
    renderer: Renderer, inside: str, named: str
) -> None:
    with pytest.raises(LetterRefused, match=named):
        renderer.render(PLAIN.format(inside))


@pytest.mark.parametrize(("text", "named"), [("\U00013000", "U[+]13000"), ("Ꮣ", "U[+]13D3")])
def test_a_missing_glyph_is_refused_by_the_press_itself(
    renderer: Renderer, text: str, named: str
) -> None:
    with pytest.raises(LetterRefused, match=named):
        renderer.render(PLAIN.format(f"<p>{text}"))


def test_no_font_of_this_machine_can_be_borrowed(renderer: Renderer) -> None:
    borrowed = "<style>@font-face{font-family:q;src:local('DejaVu Sans')}</style><p>a"
    with pytest.raises(LetterRefused):
        renderer.render(PLAIN.format(borrowed))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("<div>CF11 9ZZ</div>", '<div style="visibility:hidden">CF11 9ZZ</div>'),
        ("<div>CF11 9ZZ</div>", '<div>CF11 9ZZ <i style="display:none">x</i></div>'),
        ('id="window"', 'id="window" style="margin-top:60mm"'),
        ('id="window"', 'id="window" style="margin-top:-60mm"'),
        ('id="window"', 'id="window" style="width:20mm"'),
        ('id="window"', 'id="window" style="transform:rotate(3deg)"'),
        ("<p>Dear", '<p style="margin-top:-30mm">Dear'),
    ],
)
def test_a_window_that_does_not_show_the_address_whole_and_alone_is_refused(
    renderer: Renderer, was: str, becomes: str
) -> None:
    page = html(contents())
    assert was in page
    with pytest.raises(LetterRefused):
        renderer.render(page.replace(was, becomes))


def test_a_page_too_large_or_broken_is_refused_before_it_is_sent(renderer: Renderer) -> None:
    with pytest.raises(LetterRefused, match="too large"):
        renderer.render("a" * (LARGEST_HTML + 1))
    with pytest.raises(LetterRefused, match="half a character"):
        renderer.render("\ud800")


def test_a_letter_of_too_many_pages_is_refused(renderer: Renderer) -> None:
    with pytest.raises(LetterRefused, match="pages"):
        renderer.render(PLAIN.format('<p style="break-after:page">a' * (LETTER.most_pages + 1)))


BOMBS = {
    "floats": '<p style="float:left">a</p>' * 6000,
    "cells": f'<div style="display:table">{"<p style=display:table-cell>a b c</p>" * 5000}</div>',
    "many pages": '<p style="break-after:page">a' * 8000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_stopped_in_time_and_the_next_letter_is_printed(
    hasty: Renderer, bomb: str
) -> None:
    with pytest.raises(LetterRefused, match="too long to print"):
        hasty.render(PLAIN.format(bomb))
    assert hasty.render(PLAIN.format("after")).pages == 1


def test_a_page_nested_too_deep_is_refused(renderer: Renderer) -> None:
    with pytest.raises(LetterRefused, match="too deep"):
        renderer.render(PLAIN.format("<div>" * 1000))
    assert prints(renderer)


def test_a_killed_press_is_replaced(renderer: Renderer) -> None:
    first = renderer.process_id()
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert prints(renderer)
    assert renderer.process_id() != first


def broken(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """Kill the press at its next letters, so many times; return the ids of those killed."""
    killed: list[int] = []
    whole = Press.exchange

    def exchange(press: Press, body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        if len(killed) < times and b"at work" in body:
            killed.append(press.process.pid)
            os.kill(press.process.pid, signal.SIGKILL)
        return whole(press, body, seconds)

    monkeypatch.setattr(Press, "exchange", exchange)
    return killed


def test_a_press_killed_at_work_prints_that_letter_at_the_second_try(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = broken(monkeypatch, times=1)
    assert renderer.render(PLAIN.format("at work")).pages == 1
    assert len(killed) == 1


def test_a_letter_that_breaks_the_press_twice_is_refused_and_the_next_is_printed(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = broken(monkeypatch, times=9)
    with pytest.raises(PressBroke, match="the press stopped"):
        renderer.render(PLAIN.format("at work"))
    assert len(set(killed)) == 2
    assert prints(renderer)


def test_letters_asked_for_by_many_threads_do_not_get_mixed_up(renderer: Renderer) -> None:
    letters = [contents(addressee=f"Person Number {n}") for n in range(24)]
    with ThreadPoolExecutor(6) as threads:
        printed = list(threads.map(renderer.letter, letters))
    assert [one.window for one in printed] == [one.window for one in letters]


def test_a_closed_renderer_starts_again_when_used() -> None:
    renderer = Renderer()
    folder = renderer._press.folder.name if renderer._press else ""
    renderer.close()
    renderer.close()
    assert not Path(folder).exists()
    assert prints(renderer)
    renderer.close()


def test_the_press_knows_no_key_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VCS_SEALING_KEYS", "a-key-that-must-not-cross")
    with Renderer() as renderer:
        held = Path(f"/proc/{renderer.process_id()}/environ").read_bytes()
    assert b"VCS_" not in held
    assert b"a-key-that-must-not-cross" not in held


def test_the_press_has_limits_on_memory_files_and_core_dumps(renderer: Renderer) -> None:
    assert prints(renderer)
    limits = Path(f"/proc/{renderer.process_id()}/limits").read_text(encoding="ascii")
    rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert rows["Max address space"] == str(1024**3)
    assert rows["Max file size"] == str(4 * 1024**2)
    assert rows["Max core file size"] == "0"
    assert int(rows["Max cpu time"]) < 600


def test_the_kernel_keeps_the_press_off_the_network_where_it_says_so(renderer: Renderer) -> None:
    alone = renderer.sealed_from_network()
    theirs = Path(f"/proc/{renderer.process_id()}/ns/net").readlink()
    assert alone == (theirs != Path("/proc/self/ns/net").readlink())


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import _socket; _socket.socket()",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1/')",
        "import subprocess; subprocess.run(['/bin/true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "open('/etc/passwd').read()",
        "open('/tmp/written-by-the-press', 'w')",
        "import os, letters; os.open(letters.__file__, os.O_RDONLY); open(letters.__file__, 'a')",
        "import pathlib; pathlib.Path('/proc/1/environ').read_bytes()",
    ],
)
def test_a_sealed_process_reaches_nothing_outside(tmp_path: Path, attempt: str) -> None:
    sealed = (
        "import os, pathlib, socket, subprocess, sys, urllib.request, letters;"
        "from letters.press.sealing import Sealed, seal;"
        "seal(pathlib.Path(sys.argv[1]))\n"
        f"try:\n {attempt}\n"
        "except Sealed: sys.exit(42)\n"
        "except OSError as error: sys.exit(42 if isinstance(error.__context__, Sealed)"
        " or isinstance(getattr(error, 'reason', None), Sealed) else 1)\n"
    )
    done = subprocess.run([sys.executable, "-c", sealed, str(tmp_path)], check=False)
    assert done.returncode == 42


def test_a_sealed_process_may_use_its_own_folder(tmp_path: Path) -> None:
    allowed = (
        "import pathlib, sys; from letters.press.sealing import seal;"
        "folder = pathlib.Path(sys.argv[1]); seal(folder);"
        "(folder / 'a').write_text('a'); print((folder / 'a').read_text())"
    )
    command = [sys.executable, "-c", allowed, str(tmp_path)]
    assert subprocess.run(command, check=True, capture_output=True).stdout == b"a\n"
