"""Monthly certificates: proposed by one person, confirmed by another, taken away by anybody here.

The key that they are checked by is for anyone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from api.guards.session import App, Posted, Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Field
from api.staff.forms import Form, FormPage
from letters.papers.certificate import on_paper
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.lists.certificate.confirm import confirm, propose
from vcs.lists.certificate.contents import Month
from vcs.lists.certificate.reads import (
    Signed,
    certificate,
    certificates,
    public_keys,
    signed,
)
from vcs.lists.certificate.signing import Signer, signer_of
from vcs.lists.certificate.versions import to_sign

router = APIRouter()


@router.get("/certificates/key.pem")
def public_key(app: App) -> Response:
    """Give the public key to anyone: a certificate is checked with it and without us."""
    with app.db.reading() as session:
        pem = signer_of(session, app.settings).public_pem
    return PlainTextResponse(pem, media_type="application/x-pem-file")


@router.get("/certificates/keys.pem")
def every_public_key(app: App) -> Response:
    """Give every public key that was ever signed with, each with its months, to anyone."""
    with app.db.reading() as session:
        pems = public_keys(session, signer_of(session, app.settings))
    return PlainTextResponse(pems, media_type="application/x-pem-file")


@router.get("/certificates")
def all_certificates(visit: Visiting) -> Response:
    """List the certificates, the newest first."""
    with visit.app.db.reading() as session:
        found = certificates(session, visit.officer)
    return pages.render(
        visit.request, "lists/certificates.html", title="Monthly certificates", found=found
    )


_MONTH = (
    Field(
        "month",
        "Which month?",
        hint="Like 2026-11",
        required="Enter the month, like 2026-11",
        longest=7,
        width="govuk-input--width-5",
    ),
)


def _propose_page(visit: Visit) -> FormPage:
    return FormPage(
        "Propose a monthly certificate",
        action="/certificates/new",
        button="Propose it",
        back="/certificates",
        lead=(
            "It says which lists were matched in the month, how their rows ended and what is "
            "open, as it stands now. Another person reads and confirms it; then it is signed.",
        ),
        typed={"month": visit.app.today.isoformat()[:7]},
    )


PROPOSE = Form(_MONTH, _propose_page)


@router.get("/certificates/new")
def ask_for_month(visit: Visiting) -> Response:
    """Ask which month."""
    return forms.ask(visit, PROPOSE)


@router.post("/certificates/new")
def propose_certificate(visit: Visiting, form: Posted) -> Response:
    """Propose a certificate."""
    entry = forms.read_sent(visit, PROPOSE, form)
    signer = _signer(visit)

    def act(work: Work) -> str:
        made = propose(work, Month.named(entry.typed["month"]), signer)
        return pages.after(f"/certificates/{made.reference}", "certificate-proposed")

    return forms.submit(visit, entry, act, lambda refused: PROPOSE.show(visit, refused))


@router.get("/certificates/{reference}")
def one_certificate(visit: Visiting, reference: str) -> Response:
    """Show what a certificate says."""
    with visit.app.db.reading() as session:
        view = certificate(session, visit.officer, reference)
    return pages.render(
        visit.request, "lists/certificate.html", title=f"Certificate of {view.month}", view=view
    )


def _confirm_page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        view = to_sign(session, visit.officer, reference)
    return FormPage(
        f"Confirm the certificate of {view.month}",
        action=f"/certificates/{reference}/confirm",
        button="I have read it: sign it",
        back=f"/certificates/{reference}",
        caption=reference,
        lead=(
            "Your name is on it, beside that of whoever proposed it. What it says is signed with "
            "the service’s key and cannot be changed afterwards.",
        ),
        typed={"seen": visit.request.query_params.get("seen", view.version)},
    )


CONFIRM = Form((Field("seen", "", "hidden", longest=64),), _confirm_page, check=_confirm_page)


def _signer(visit: Visit) -> Signer:
    with visit.app.db.reading() as session:
        return signer_of(session, visit.app.settings)


@router.get("/certificates/{reference}/confirm")
def ask_to_confirm(visit: Visiting, reference: str) -> Response:
    """Ask a second person to confirm."""
    return CONFIRM.page(visit, reference).show(visit.request, ())


@router.post("/certificates/{reference}/confirm")
def confirm_certificate(visit: Visiting, form: Posted, reference: str) -> Response:
    """Confirm a certificate, as a second person, and sign it."""
    entry = forms.read_sent(visit, CONFIRM, form)
    signer = _signer(visit)

    def act(work: Work) -> str:
        confirm(work, reference, signer, entry.typed.get("seen", ""))
        return pages.after(f"/certificates/{reference}", "certificate-confirmed")

    return forms.submit(visit, entry, act, lambda refused: CONFIRM.show(visit, refused))


def _pdf(found: Signed, visit: Visit) -> bytes:
    is_training = visit.app.settings.is_training
    return on_paper(found.content, found.told, is_training=is_training).pdf


def _pdf_signature(found: Signed, visit: Visit) -> bytes:
    signer = _signer(visit)
    if found.public_pem != signer.public_pem:
        raise NotFound(
            "The service’s key has changed since this was signed, so nothing can sign its PDF now. "
            "Check certificate.json, whose digest the PDF shows."
        )
    return signer.sign(_pdf(found, visit))


FILES: Mapping[str, tuple[str, Callable[[Signed, Visit], bytes]]] = {
    "certificate.json": ("application/json", lambda found, _: found.content),
    "certificate.json.sig": ("application/octet-stream", lambda found, _: found.signature),
    "certificate.pdf": ("application/pdf", _pdf),
    "certificate.pdf.sig": ("application/octet-stream", _pdf_signature),
}
"""What can be taken away of a confirmed certificate, by the name of the file."""


@router.get("/certificates/{reference}/{file}")
def certificate_file(visit: Visiting, reference: str, file: str) -> Response:
    """Give one file of a confirmed certificate."""
    if file not in FILES:
        raise NotFound("There is no such file.")
    with visit.app.db.reading() as session:
        found = signed(session, visit.officer, reference)
    media_type, make = FILES[file]
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(make(found, visit), media_type=media_type, headers=headers)
