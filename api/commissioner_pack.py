"""The files of a commissioner's pack: CSV and JSON for programs, a PDF to read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Final, Protocol

from api.staff.files import csv_file
from api.version import NAME, VERSION
from letters.papers.figures_paper import on_paper
from vcs.measures.commissioner import Pack
from vcs.measures.shown import CSV_HEAD, as_json, csv_rows


class Make(Protocol):
    """Makes one file of a pack."""

    def __call__(self, pack: Pack, *, is_training: bool) -> bytes:
        """Return its bytes."""


def _as_csv(pack: Pack, *, is_training: bool) -> bytes:
    del is_training
    written = io.StringIO()
    rows = (CSV_HEAD, *csv_rows(pack.figures, pack.asked))
    csv.writer(written, lineterminator="\r\n").writerows(
        map(csv_file.harmless, row) for row in rows
    )
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _as_json(pack: Pack, *, is_training: bool) -> bytes:
    said = {
        "program": f"{NAME} {VERSION}",
        "is_training": is_training,
        "police_area": pack.area,
        "police_area_name": pack.name,
        "quarter": pack.quarter.name,
        "measures": as_json(pack.figures, pack.asked),
    }
    return json.dumps(said, indent=1, ensure_ascii=False).encode()


def _as_pdf(pack: Pack, *, is_training: bool) -> bytes:
    title = f"Victim Contact Scheme: {pack.name}, {pack.quarter.name}"
    return on_paper(title, pack.figures, pack.asked, is_training=is_training).pdf


PACK_FILES: Final[Mapping[str, tuple[str, Make]]] = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "json": ("application/json", _as_json),
    "pdf": ("application/pdf", _as_pdf),
}
