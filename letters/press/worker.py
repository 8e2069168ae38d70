"""The press itself: one process, one thread, one set of fonts, started by ``letters.render``.

Letters come in on one pipe as HTML and go out on it as PDF, each message a length and its bytes.
Nothing but plain text and bytes crosses, so a press that went wrong can only send a bad letter,
which the other side checks.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import shutil
import sys
from pathlib import Path
from traceback import walk_tb
from typing import Any, BinaryIO, Final

from letters.press.jobs import JOBS, LETTER, Job
from letters.press.needs import missing_libraries
from letters.press.sealing import allow_more_processor_time, leave_network, limit_resources, seal
from letters.press.sheets import numbers, training
from letters.press.sheets.preview import STYLES, is_preview

_PRINTED: Final = 4
_YOUNG_OBJECTS: Final = 20_000
"""After how many new objects the youngest are looked through: a page makes that many at once."""
_PLACES_NAMED: Final = 4
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")


class Refused(Exception):
    """A letter that must not be made; the message says why in plain words."""


class Press:
    """WeasyPrint with one font configuration and one stylesheet, both kept for good."""

    def __init__(
        self, elements: str, stylesheet: str, fonts: dict[str, bytes], job: Job = LETTER
    ) -> None:
        """Load the fonts and the stylesheet and print one page, so that all code is loaded."""
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        from letters.press.complaints import Complaints, stylesheet_is_broken
        from letters.press.sheets.page import OnlyOurFonts
        from letters.press.typefaces.faces import rules
        from letters.press.typefaces.fonts import plain_characters

        plain_characters()  # read from the font while files can be opened
        self._job = job
        self.complaints = Complaints()
        logger = logging.getLogger("weasyprint")
        logger.handlers[:] = [self.complaints]
        logger.propagate = False
        self._fetcher = OnlyOurFonts(fonts)
        self._fonts = FontConfiguration()
        self._elements = CSS(string=elements, url_fetcher=self._fetcher)
        styles = rules(fonts) + stylesheet
        self._css = CSS(string=styles, font_config=self._fonts, url_fetcher=self._fetcher)
        marks = (STYLES, training.STYLES, training.WORDS_ABOVE)
        self._preview, self._frame, self._above = (
            CSS(string=one, font_config=self._fonts, url_fetcher=self._fetcher) for one in marks
        )
        self._numbers = {
            form: CSS(string=one, font_config=self._fonts, url_fetcher=self._fetcher)
            for form, one in numbers.STYLES.items()
        }
        if stylesheet_is_broken(self.complaints):
            raise Refused("a stylesheet or a font is broken")
        self.print('<html lang="en"><title>a</title><body><h1>a</h1><p><b>a</b></p></body></html>')

    def print(self, html: str) -> tuple[bytes, int, tuple[str, ...]]:
        """Return the PDF, its pages, and the lines the envelope's window shows."""
        from letters.press.sheets.orders import NotReadBack
        from letters.press.sheets.page import Page
        from letters.press.sheets.readback import ReadBack
        from letters.press.sheets.tagging import mark_margins, scope_headers

        self.complaints.clear()
        page = Page(html, self._elements, self._fetcher)
        marks = self._marks_of(page)
        document = page.render(
            stylesheets=[self._css, *(marks or self._numbers_of(page))],
            font_config=self._fonts,
            pdf_variant="pdf/ua-1",
        )
        if len(document.pages) > self._job.most_pages:
            raise Refused(f"it runs to more than {self._job.most_pages} pages")
        shown: list[tuple[str, ...]] = []

        def read_back(document: Any, pdf: Any) -> None:
            read = ReadBack(document, pdf) if self._job.has_window else None
            shown.append(read.window_lines() if read else ())
            print_links(pdf)
            if not self._job.has_window:
                scope_headers(pdf)
            if not self._job.has_window or marks or len(document.pages) > 1:
                mark_margins(pdf)

        try:
            pdf = document.write_pdf(finisher=read_back, pdf_variant="pdf/ua-1")
        except NotReadBack as problem:
            raise Refused(str(problem)) from problem
        if self.complaints.stopping:
            raise Refused("; ".join(self.complaints.stopping))
        check_window(page, shown[0])
        return pdf, len(document.pages), shown[0]

    def _numbers_of(self, page: Any) -> list[Any]:
        """Return the stylesheet of a letter's page numbers, in the size of its format."""
        form = numbers.form_of(page) if self._job.has_window else None
        return [self._numbers[form]] if form else []

    def _marks_of(self, page: Any) -> list[Any]:
        """Return the stylesheets of what is marked on every page, in its margins."""
        marks = [self._preview] if is_preview(page) else []
        if training.is_training(page):
            marks += [self._frame] if marks else [self._frame, self._above]
        return marks


def print_links(pdf: Any) -> None:
    """Set the flag that PDF/UA asks of a link, so that it prints as it shows (ISO 32000 12.5.3)."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link":
            item["F"] = _PRINTED


def check_window(page: Any, shown: tuple[str, ...]) -> None:
    """Refuse a letter whose window would show anything but the address it was given."""
    meant = page.etree_element.find(".//*[@id='window']")
    if meant is None:
        return
    if tuple("".join(line.itertext()) for line in meant) != shown:
        raise Refused("the address would not show whole and alone in the envelope's window")


def main() -> None:
    """Serve the pipe named on the command line, one kind of job, until it closes."""
    pipe = os.fdopen(int(sys.argv[1]), "r+b", buffering=0)
    job = JOBS[sys.argv[2]]
    limit_resources(job.memory_bytes)
    alone = leave_network()
    folder = Path(os.environ["TMPDIR"])
    statistics = os.open("/proc/self/statm", os.O_RDONLY)
    press = open_press(pipe, job)
    seal(folder)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS)
    send(pipe, {"alone": alone, "notes": press.complaints.notes})
    while html := receive(pipe):
        allow_more_processor_time(job.processor_seconds)
        header, pdf = answer(press, html.decode("utf-8"))
        header["resident_bytes"] = int(os.pread(statistics, 200, 0).split()[1]) * _PAGE_BYTES
        send(pipe, header, pdf)
    shutil.rmtree(folder, ignore_errors=True)


def open_press(pipe: BinaryIO, job: Job) -> Press:
    """Make the press ready, or send why it cannot be and end with the error's traceback.

    No letter has come yet, so what is written to the error output can hold nothing of one; from
    here on nothing is written there.
    """
    setup = json.loads(receive(pipe))
    try:
        from letters.press.typefaces.faces import face

        fonts = {name: face(Path(path), number) for name, (path, number) in setup["fonts"].items()}
        press = Press(setup["elements"], setup["stylesheet"], fonts, job)
    except Exception as error:
        words = f"{type(error).__name__}: {error}".partition("\n")[0]
        send(pipe, {"failed": words, "missing": missing_libraries()})
        raise
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)
    return press


def answer(press: Press, html: str) -> tuple[dict[str, Any], bytes]:
    """Print one letter, or say in plain words why not."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        pdf, pages, window = press.print(html)
    except Refused as refusal:
        return {"refused": str(refusal)}, b""
    except FatalURLFetchingError as refusal:
        return {"refused": str(refusal)}, b""
    except (MemoryError, RecursionError):
        return {"refused": "it is too large or too deep to print"}, b""
    except Exception as error:
        return failure(error), b""
    return {"pages": pages, "window": window, "notes": press.complaints.notes}, pdf


def failure(error: Exception) -> dict[str, Any]:
    """Describe a fault by its kind and its places in the code: its message may hold a letter."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    kind, in_tags = type(error).__name__, frames[-1][0].endswith("weasyprint/pdf/tags.py")
    words = "its tags are not valid" if in_tags else "the press failed"
    places = [f"{file}:{line}" for file, line in frames[-_PLACES_NAMED:]]
    return {"refused": f"{words} ({kind})", "failed": f"{kind} at {', '.join(places)}"}


def receive(pipe: BinaryIO) -> bytes:
    """Read one message; empty at the end of the pipe."""
    size = int.from_bytes(_exactly(pipe, 4), "big")
    return _exactly(pipe, size)


def send(pipe: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Write one header and its body as two messages."""
    head = json.dumps(header).encode("utf-8")
    message = b"".join(len(part).to_bytes(4, "big") + part for part in (head, body))
    while message:
        message = message[os.write(pipe.fileno(), message) :]


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    parts = []
    while size:
        part = os.read(pipe.fileno(), min(size, 65536))
        if not part:
            return b""
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
