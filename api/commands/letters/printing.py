"""``vcs rules`` and ``vcs letters``: what the program holds, printed for a person to check."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.written import writing_to
from api.public.lawbook import Lawbook, lawbook, printed
from vcs import clock


def rules(
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day, YYYY-MM-DD.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="An earlier day: list what changed after it."),
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(help="Write it as a PDF for paper to this file.")
    ] = None,
) -> None:
    """Print the law as the program applies it on a day, with every provision."""
    day = on.date() if on else clock.today()
    if since and since.date() >= day:
        raise typer.BadParameter(f"must be a day before {day}", param_hint="--since")
    try:
        book = lawbook(day, since.date() if since else None)
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--on") from None
    if pdf is None:
        print("\n".join(printed(book)))
    else:
        _on_paper(book, pdf)


def _on_paper(book: Lawbook, path: Path) -> None:
    """Write the law as a PDF: whole, or not at all."""
    from letters.papers.book import on_paper  # WeasyPrint's press is started for it alone

    if path.is_dir() or not path.parent.is_dir():
        raise typer.BadParameter("give a file in a folder that is there", param_hint="--pdf")
    made = path.with_name(f".{path.name}.part")
    try:
        with writing_to(path, "--pdf"):
            made.touch()
            rendered = on_paper(book)
            made.write_bytes(rendered.pdf)
            made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    print(f"Wrote {rendered.pages} pages to {path}.")


def letters(
    samples: Annotated[Path, typer.Option("--samples", help="The folder to write to.")],
) -> None:
    """Write every letter, in each language and format, with made-up facts."""
    from letters import samples as made_up  # WeasyPrint takes a second to load

    with writing_to(samples, "--samples"):
        written = made_up.samples(samples)
    print(f"Wrote {len(written)} letters to {samples}.")
