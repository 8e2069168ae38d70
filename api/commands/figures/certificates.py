"""``vcs certificate``: write a month's certificate to a folder, or check one."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from api.commands.opening import opened
from api.commands.written import put, writing_to
from vcs import clock
from vcs.errors import NotValid
from vcs.lists.certificate.contents import Month
from vcs.lists.certificate.reads import Signed, signed_of
from vcs.lists.certificate.signing import (
    is_signed,
    key_id_of,
    keys_in,
    signer_of,
    signer_with,
)
from vcs.settings import Settings

_VERIFY = "verify"

_NOT_CONFIRMED = "Two people have not confirmed it yet"

_CHECK = """How to check this certificate without our program (OpenSSL 3):

  openssl pkeyutl -verify -pubin -inkey certificate-key.pem -rawin \\
    -in certificate.json -sigfile certificate.json.sig

and the same for certificate.pdf with certificate.pdf.sig. Compare certificate-key.pem with the keys
that the service publishes at /certificates/keys.pem: a key that comes with a file proves nothing.
"""

_OTHER = (
    "{} is not what was signed, or another key signed it. What was signed under an earlier key is "
    "checked with that one: give the file from /certificates/keys.pem with --key."
)

_NO_KEY = (
    "Give the published key with --key: this machine holds none, and the key that comes with a "
    "file proves nothing."
)


def certificate(
    what: Annotated[
        str, typer.Argument(metavar="DIR|verify", help="The folder to write to, or: verify.")
    ],
    file: Annotated[
        Path | None,
        typer.Argument(help="With verify: a certificate, its .sig beside it."),
    ] = None,
    month: Annotated[str, typer.Option(help="The month, YYYY-MM: the current one.")] = "",
    key: Annotated[
        Path | None, typer.Option(help="With verify: the published key, as a PEM file.")
    ] = None,
) -> None:
    """Write the monthly certificate to a folder, or check one, or one of training.

    The one that two people confirmed; where there is none, one that says so.
    """
    if what == _VERIFY:
        _verify(file, key)
    elif file is not None or key is not None:
        raise typer.BadParameter("Give one folder, or: verify FILE.")
    else:
        _write(Path(what), Month.named(month or clock.today().isoformat()[:7]))


def _write(folder: Path, month: Month) -> None:
    from letters.papers.certificate import on_paper  # the press is started for it alone

    db, sealer = opened()
    settings = Settings.load()
    with db.reading() as session:
        signer = signer_of(session, settings)
        signed, is_confirmed = signed_of(session, sealer, signer, month, clock.now())
    pdf = on_paper(signed.content, signed.told, is_training=settings.is_training).pdf
    # An earlier certificate's PDF is not signed by a key that its JSON was not signed by.
    pdf_signature = signer.sign(pdf) if signed.public_pem == signer.public_pem else None
    for name, content in _files(signed, pdf, pdf_signature):
        _put(folder, name, content)
    print(f"Wrote the certificate of {month.name} to {folder}.")
    if pdf_signature is None:
        print("An earlier key signed it: only certificate.json can be checked.", file=sys.stderr)
    if not is_confirmed:
        print(f"{_NOT_CONFIRMED}: it says so.", file=sys.stderr)


def _files(signed: Signed, pdf: bytes, pdf_signature: bytes | None) -> Iterator[tuple[str, bytes]]:
    yield "certificate.json", signed.content
    yield "certificate.json.sig", signed.signature
    yield "certificate.pdf", pdf
    if pdf_signature is not None:
        yield "certificate.pdf.sig", pdf_signature
    yield "certificate-key.pem", signed.public_pem.encode("ascii")
    yield "how-to-check.txt", _CHECK.encode("ascii")


def _put(folder: Path, name: str, content: bytes) -> None:
    with writing_to(folder, "DIR"):
        folder.mkdir(parents=True, exist_ok=True)
        put(folder, name, content)


def _verify(file: Path | None, key: Path | None) -> None:
    if file is None:
        raise typer.BadParameter("Say which file: vcs certificate verify FILE.")
    content, signature = _bytes(file), _bytes(file.with_name(f"{file.name}.sig"))
    public_pems, whose = _public_keys(key)
    by = next((one for one in public_pems if is_signed(one, content, signature)), None)
    if by is None:
        raise NotValid(_OTHER.format(file.name))
    print(f"{file.name} is as it was signed, by key {key_id_of(by)}: {whose}.")
    if file.suffix == ".json":
        print(_who_confirmed(content))


def _who_confirmed(content: bytes) -> str:
    told = json.loads(content)
    if "course" in told:
        return f"{told['name']} passed “{told['course']}”; it counts until {told['counts_until']}."
    signed_by = told["signed_by"]
    named = (f"{one['what']} by {one['name']}, {one['at']}" for one in signed_by)
    return "; ".join(named).capitalize() + "." if signed_by else f"{_NOT_CONFIRMED}."


def _public_keys(key: Path | None) -> tuple[tuple[str, ...], str]:
    """Return the keys to check by: those of the file that is given, or our own."""
    if key is not None:
        text = _bytes(key).decode("ascii", "replace")
        return keys_in(text) or (text,), "the key that you gave"
    own = Settings.load().certificate_key
    if not own:
        raise typer.BadParameter(_NO_KEY)
    return (signer_with(own).public_pem,), "the key of this service"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        why = (problem.strerror or "it cannot be read").lower()
        raise NotValid(f"{path.name} cannot be read: {why}.") from None
