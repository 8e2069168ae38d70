"""``vcs certificate``: write a month's certificate to a folder, or check one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands.opening import opened
from api.commands.written import put, writing_to
from vcs import clock
from vcs.errors import NotValid
from vcs.lists.certificate.contents import Month
from vcs.lists.certificate.reads import Signed, signed_of
from vcs.lists.certificate.signing import is_signed, key_id_of, signer_of, signer_with
from vcs.settings import Settings

_VERIFY = "verify"

_CHECK = """How to check this certificate without our program (OpenSSL 3):

  openssl pkeyutl -verify -pubin -inkey certificate-key.pem -rawin \\
    -in certificate.json -sigfile certificate.json.sig

and the same for certificate.pdf with certificate.pdf.sig. Compare certificate-key.pem with the key
that the service publishes at /certificates/key.pem: a key that comes with a file proves nothing.
"""


def certificate(
    what: Annotated[
        str, typer.Argument(metavar="DIR|verify", help="The folder to write to, or: verify.")
    ],
    file: Annotated[
        Path | None, typer.Argument(help="With verify: the JSON or PDF, its .sig beside it.")
    ] = None,
    month: Annotated[str, typer.Option(help="The month, YYYY-MM: the current one.")] = "",
    key: Annotated[
        Path | None, typer.Option(help="With verify: the published key, as a PEM file.")
    ] = None,
) -> None:
    """Write the monthly certificate to a folder, or check one.

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
    for name, content in _files(signed, pdf, signer.sign(pdf)):
        _put(folder, name, content)
    print(f"Wrote the certificate of {month.name} to {folder}.")
    if not is_confirmed:
        print("Two people have not confirmed it yet: it says so.", file=sys.stderr)


def _files(signed: Signed, pdf: bytes, pdf_signature: bytes) -> tuple[tuple[str, bytes], ...]:
    return (
        ("certificate.json", signed.content),
        ("certificate.json.sig", signed.signature),
        ("certificate.pdf", pdf),
        ("certificate.pdf.sig", pdf_signature),
        ("certificate-key.pem", signed.public_pem.encode("ascii")),
        ("how-to-check.txt", _CHECK.encode("ascii")),
    )


def _put(folder: Path, name: str, content: bytes) -> None:
    with writing_to(folder, "DIR"):
        folder.mkdir(parents=True, exist_ok=True)
        put(folder, name, content)


def _verify(file: Path | None, key: Path | None) -> None:
    if file is None:
        raise typer.BadParameter("Say which file: vcs certificate verify FILE.")
    content, signature = _bytes(file), _bytes(file.with_name(f"{file.name}.sig"))
    public_pem, whose = _public_key(file, key)
    if not is_signed(public_pem, content, signature):
        raise NotValid(f"{file.name} is not what was signed, or another key signed it.")
    print(f"{file.name} is as it was signed, by key {key_id_of(public_pem)}: {whose}.")


def _public_key(file: Path, key: Path | None) -> tuple[str, str]:
    """Return the key to check by: the one given, our own, or the one that came with the file."""
    if key is not None:
        return _bytes(key).decode("ascii", "replace"), "the key that you gave"
    own = Settings.load().certificate_key
    if own:
        return signer_with(own).public_pem, "the key of this service"
    beside = _bytes(file.with_name("certificate-key.pem")).decode("ascii", "replace")
    return beside, "the key that came with it: compare it with the published one"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        why = (problem.strerror or "it cannot be read").lower()
        raise NotValid(f"{path.name} cannot be read: {why}.") from None
