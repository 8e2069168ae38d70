"""Makes the PDF of a letter in a process of its own, so that a bad letter can harm nothing else."""

from __future__ import annotations

import hashlib
import logging
import threading
from dataclasses import dataclass
from typing import Any, Final, Self

from letters import LetterRefused
from letters.catalogue import Contents, html, text
from letters.press.jobs import LETTER, Job
from letters.press.process import Press, PressStopped
from letters.press.sheets import preview, training
from letters.press.typefaces.fonts import font_paths
from vcs.errors import NotSetUp
from vcs.terms import LetterFormat

_LOG = logging.getLogger("vcs.letters")
LARGEST_HTML: Final = LETTER.largest_html


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A finished letter: the file, its SHA-256 in hex, its pages, its window's lines.

    ``pdf`` is a PDF/UA-1 file, or UTF-8 text for a letter in plain text, which is one page.
    """

    pdf: bytes
    sha256: str
    pages: int
    window: tuple[str, ...] = ()


class PressBroke(LetterRefused):
    """A letter at which the press broke twice. No other letter is affected; a person must look."""


def _between(mark: str, words: str) -> str:
    """Put a mark above and below a text."""
    return f"{mark}\n\n{words}\n{mark}\n"


class Renderer:
    """Renders letters one at a time, from any thread. Make one when the program starts.

    Raises NotSetUp at once where the letter font is missing. The press is started with the
    renderer, started again after a crash, and ends with the program.
    """

    def __init__(
        self, seconds: float | None = None, job: Job = LETTER, *, is_training: bool = False
    ) -> None:
        """Check the fonts and start the press; ``seconds`` is the longest a letter may take.

        With ``is_training`` each letter is framed in red, and says that everybody is made up.
        """
        font_paths()
        self._is_training = is_training
        self._job = job
        self._seconds = job.seconds if seconds is None else seconds
        self._lock = threading.Lock()
        self._press: Press | None = Press(job)
        self._begun = False
        self.resident_bytes = 0

    def letter(self, contents: Contents) -> RenderedLetter:
        """Render a letter from its contents, and check its window against them."""
        if contents.format is LetterFormat.TEXT:
            return self._text(text(contents))
        page = html(contents, is_training=self._is_training)
        return self._with_window(contents, page)

    def preview(self, contents: Contents) -> RenderedLetter:
        """Render a letter that nobody approved: every page says so, and it is another file."""
        if contents.format is LetterFormat.TEXT:
            return self._text(_between(preview.WORDS, text(contents)))
        page = html(contents, is_preview=True, is_training=self._is_training)
        return self._with_window(contents, page)

    def _text(self, words: str) -> RenderedLetter:
        framed = _between(training.WORDS, words) if self._is_training else words
        written = framed.encode()
        return RenderedLetter(written, hashlib.sha256(written).hexdigest(), 1)

    def render(self, html: str) -> RenderedLetter:
        """Return the finished letter for a page made by :func:`letters.catalogue.html`.

        The same page gives the same bytes. Raises LetterRefused when the page asks for anything
        outside itself, has a character without a glyph, shows anything but its address in the
        envelope's window. Raises PressBroke where it takes too long or breaks the press, twice;
        the next letter is not affected.
        """
        try:
            page = html.encode("utf-8")
        except UnicodeEncodeError as error:
            raise LetterRefused("The letter cannot be made: it holds half a character.") from error
        if len(page) > self._job.largest_html:
            raise LetterRefused("The letter cannot be made: it is too large to print.")
        with self._lock:
            header, pdf = self._ask_twice(page)
        if "refused" in header:
            raise LetterRefused(f"The letter cannot be made: {header['refused']}.")
        digest = hashlib.sha256(pdf).hexdigest()
        return RenderedLetter(pdf, digest, int(header["pages"]), tuple(header["window"]))

    def sealed_from_network(self) -> bool:
        """Say whether the kernel itself keeps the press off the network, besides our own seal."""
        with self._lock:
            return self._ready().alone

    def process_id(self) -> int:
        """Return the process id of the press, for checks and for operators."""
        with self._lock:
            return self._ready().process.pid

    def close(self) -> None:
        """End the press. A closed renderer starts a new one if it is used again."""
        with self._lock:
            self._drop()

    def __enter__(self) -> Self:
        """Return the renderer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _with_window(self, contents: Contents, page: str) -> RenderedLetter:
        rendered = self.render(page)
        if rendered.window != contents.window:
            raise LetterRefused("The letter cannot be made: its window shows another address.")
        return rendered

    def _ask_twice(self, page: bytes) -> tuple[dict[str, Any], bytes]:
        """Ask once more where the press broke: it may have been the machine, not the letter."""
        try:
            return self._ask(page)
        except PressBroke:
            _LOG.warning("the letter is tried once more, in a fresh press")
            return self._ask(page)

    def _ask(self, page: bytes) -> tuple[dict[str, Any], bytes]:
        press = self._ready()
        try:
            header, pdf = press.exchange(page, self._seconds)
        except PressStopped as stopped:
            self._drop()
            why = "it took too long to print" if press.timed_out else "the press stopped"
            _LOG.error("the letter press stopped at a letter: %s", stopped)
            raise PressBroke(f"The letter cannot be made: {why}.") from stopped
        press.note(header)
        if "failed" in header:
            _LOG.error("the letter press failed at a letter: %s", header["failed"])
        self.resident_bytes = int(header["resident_bytes"])
        if press.grown(self.resident_bytes):
            self._drop()
        return header, pdf

    def _ready(self) -> Press:
        if self._press is not None and self._press.process.poll() is not None:
            self._drop()
        press = self._press = self._press or Press(self._job)
        if not self._begun:
            try:
                press.begin()
            except PressStopped as stopped:
                _LOG.error("the letter press cannot start: %s\n%s", stopped, press.error_text())
                self._drop()
                raise NotSetUp(f"The letter press cannot start: {stopped}.") from stopped
            self._begun = True
        return press

    def _drop(self) -> None:
        if self._press is not None:
            self._press.stop()
        self._press, self._begun = None, False
