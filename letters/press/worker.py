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
from typing import Any, BinaryIO, Final

from letters.press.sealing import (
    allow_more_processor_time,
    leave_network,
    limit_resources,
    seal,
)

MOST_PAGES: Final = 8
_PRINTED: Final = 4
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")


class Refused(Exception):
    """A letter that must not be made; the message says why in plain words."""


class Complaints(logging.Handler):
    """Collects what the layout engine grumbles about: a letter with a complaint is not sent."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the complaint, without anything that stood in the letter but a single character."""
        missing = record.args if ".notdef" in str(record.msg) else None
        if isinstance(missing, tuple) and len(missing) == 2:
            self.heard.append(f"the letter font cannot print “{missing[0]}” (U+{missing[1]:04X})")
        else:
            self.heard.append("the page did not come out clean: an image, link or style is wrong")


class Press:
    """WeasyPrint with one font configuration and one stylesheet, both kept for good."""

    def __init__(self, elements: str, stylesheet: str, fonts: dict[str, bytes]) -> None:
        """Load the fonts and the stylesheet and print one page, so that all code is loaded."""
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        from letters.press.page import OnlyOurFonts

        self.complaints = Complaints()
        logger = logging.getLogger("weasyprint")
        logger.handlers[:] = [self.complaints]
        logger.propagate = False
        self._fetcher = OnlyOurFonts(fonts)
        self._fonts = FontConfiguration()
        self._elements = CSS(string=elements, url_fetcher=self._fetcher)
        self._css = CSS(string=stylesheet, font_config=self._fonts, url_fetcher=self._fetcher)
        if self.complaints.heard:
            raise Refused("a stylesheet or a font is broken")
        self.print('<html lang="en"><title>a</title><body><h1>a</h1><p><b>a</b></p></body></html>')

    def print(self, html: str) -> tuple[bytes, int, tuple[str, ...]]:
        """Return the PDF, its pages, and the lines the envelope's window shows."""
        from letters.press.page import Page
        from letters.press.readback import NotReadBack, window_lines

        self.complaints.heard.clear()
        page = Page(html, self._elements, self._fetcher)
        document = page.render(
            stylesheets=[self._css], font_config=self._fonts, pdf_variant="pdf/ua-1"
        )
        if len(document.pages) > MOST_PAGES:
            raise Refused(f"it runs to more than {MOST_PAGES} pages")
        shown: list[tuple[str, ...]] = []

        def read_back(document: Any, pdf: Any) -> None:
            shown.append(window_lines(document, pdf))
            print_links(pdf)

        try:
            pdf = document.write_pdf(finisher=read_back, pdf_variant="pdf/ua-1")
        except NotReadBack as problem:
            raise Refused(str(problem)) from problem
        if self.complaints.heard:
            raise Refused("; ".join(dict.fromkeys(self.complaints.heard)))
        check_window(page, shown[0])
        return pdf, len(document.pages), shown[0]


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
    """Serve letters from the pipe named on the command line until it closes."""
    pipe = os.fdopen(int(sys.argv[1]), "r+b", buffering=0)
    limit_resources()
    alone = leave_network()
    folder = Path(os.environ["TMPDIR"])
    statistics = os.open("/proc/self/statm", os.O_RDONLY)
    setup = json.loads(receive(pipe))
    fonts = {name: Path(path).read_bytes() for name, path in setup["fonts"].items()}
    press = Press(setup["elements"], setup["stylesheet"], fonts)
    seal(folder)
    gc.collect()
    gc.freeze()
    send(pipe, {"alone": alone})
    while html := receive(pipe):
        allow_more_processor_time()
        header, pdf = answer(press, html.decode("utf-8"))
        header["resident_bytes"] = int(os.pread(statistics, 200, 0).split()[1]) * _PAGE_BYTES
        send(pipe, header, pdf)
    shutil.rmtree(folder, ignore_errors=True)


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
        return {"refused": f"the press failed ({type(error).__name__})"}, b""
    return {"pages": pages, "window": window}, pdf


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
