"""Letters to victims: drafted, looked at beside their facts, approved once by a person."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import Response

from api.door import Door
from api.officer import forms, pages, words
from api.officer.forms import Entry, Field
from api.officer.victims.about import AboutVictim, one_victim
from api.security import Posted, TheDoor, Who
from letters import LetterRefused, catalogue
from letters.catalogue import INITIAL_CONTACT, Contents
from letters.contents import NEEDED, from_json, to_json
from vcs import worklists
from vcs.casework import letters
from vcs.casework.actors import Actor
from vcs.errors import Conflict
from vcs.terms import Language

router = APIRouter()
_BOTH = "both"
NEW = (
    Field(
        "language",
        "Which language?",
        "radios",
        required="Select the language of the letter",
        options={**words.LANGUAGES, _BOTH: "Both, as two letters"},
    ),
)
APPROVE = (Field("seen", "The letter as it was shown", required="Look at the letter again"),)
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_HEADING = re.compile(r"(</?h)([1-3])")


@dataclass(frozen=True, slots=True)
class Look:
    """A letter as a person sees it. ``seen`` is the SHA-256 of the contents, "" where blocked."""

    page: worklists.LetterPage
    facts: Mapping[str, object]
    missing: tuple[str, ...]
    refused: str
    contents: Contents | None
    seen: str


@router.get("/referrals/{reference}/victims/{victim}/letter")
def new_letter(request: Request, reference: str, victim: str, here: TheDoor, who: Who) -> Response:
    """Ask for the language of a new letter."""
    return _new_form(request, one_victim(here, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/letter")
def draft_letter(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who, form: Posted
) -> Response:
    """Draft the letter in the language asked for, or one in each."""
    about, entry = one_victim(here, who, reference, victim), forms.read(NEW, form)

    def act(session: Session) -> str:
        asked = entry.typed["language"]
        wanted = (Language.ENGLISH, Language.WELSH) if asked == _BOTH else (Language(asked),)
        drafts = [
            letters.draft_letter(session, victim, who, INITIAL_CONTACT, one, here.now())
            for one in wanted
        ]
        return pages.after(f"/letters/{drafts[0].reference}", "drafted")

    return forms.submit(here, entry, act, lambda e: _new_form(request, about, entry, e))


@router.get("/letters/{reference}.pdf")
def letter_pdf(reference: str, here: TheDoor, who: Who) -> Response:
    """Give the approved letter, as it was made."""
    with here.db.reading() as session:
        pdf = worklists.letter_pdf(session, here.sealer, who, reference)
    return _pdf(pdf, reference)


@router.get("/letters/{reference}/preview.pdf")
def preview(reference: str, here: TheDoor, who: Who) -> Response:
    """Print the letter as it would be, and keep nothing."""
    with here.db.reading() as session:
        look = _look(session, here, who, reference)
    if look.contents is None:
        raise LetterRefused(look.refused)
    return _pdf(here.renderer.letter(look.contents).pdf, f"{reference}-preview")


@router.get("/letters/{reference}")
def letter(request: Request, reference: str, here: TheDoor, who: Who) -> Response:
    """Show a letter beside its facts; what is missing is named."""
    return _letter_page(request, here, who, reference)


@router.post("/letters/{reference}/approve")
def approve(request: Request, reference: str, here: TheDoor, who: Who, form: Posted) -> Response:
    """Approve the letter that was looked at: made once, stored with its hash."""
    entry = forms.read(APPROVE, form)
    with here.db.reading() as session:
        look = _look(session, here, who, reference)
    contents = _as_seen(look, entry)
    rendered = here.renderer.letter(contents)

    def act(session: Session) -> str:
        # Looked up again inside the transaction: an address that changed a moment ago must not
        # be posted to.
        _as_seen(_look(session, here, who, reference), entry)
        version = catalogue.template_version(look.page.letter.kind, contents.language)
        letters.save_approved_letter(
            session,
            here.sealer,
            reference,
            who,
            rendered.pdf,
            version,
            to_json(contents),
            here.today,
            here.now(),
        )
        return pages.after(f"/letters/{reference}", "approved")

    return forms.submit(here, entry, act, lambda e: _letter_page(request, here, who, reference, e))


def _as_seen(look: Look, entry: Entry) -> Contents:
    """Return the contents, where they are still those that the person looked at."""
    if look.contents is None:
        raise LetterRefused(look.refused)
    if not hmac.compare_digest(look.seen.encode(), entry.typed["seen"].encode()):
        raise Conflict("The facts have changed since the letter was shown. Look at it again.")
    return look.contents


def _look(session: Session, here: Door, who: Actor, reference: str) -> Look:
    page = worklists.letter_page(session, here.sealer, who, reference)
    victim = page.victim.reference
    facts = worklists.letter_facts(session, here.sealer, who, victim, here.today)
    kind, language = page.letter.kind, Language(page.letter.language)
    if page.contents:
        return Look(page, facts, (), "", from_json(page.contents), _seen(page.contents))
    missing = catalogue.missing_facts(kind, facts)
    try:
        contents = catalogue.compose(kind, language, facts)
        catalogue.html(contents)
    except LetterRefused as refusal:
        return Look(page, facts, missing, str(refusal), None, "")
    return Look(page, facts, missing, "", contents, _seen(to_json(contents)))


def _seen(contents: str) -> str:
    return hashlib.sha256(contents.encode()).hexdigest()


def _letter_page(
    request: Request,
    here: Door,
    who: Actor,
    reference: str,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with here.db.reading() as session:
        look = _look(session, here, who, reference)
    return forms.show(
        request,
        words.LETTERS.get(look.page.letter.kind, "Letter"),
        APPROVE,
        template="letters/letter.html",
        errors=errors,
        typed={"seen": look.seen},
        look=look,
        facts=list(_facts(look)),
        text=_text(look.contents) if look.contents else "",
        action=f"/letters/{reference}/approve",
        back=f"/referrals/{look.page.referral_reference}",
    )


def _facts(look: Look) -> Iterator[tuple[str, str | None]]:
    """Return each fact of the letter with its value in words; None where it is missing."""
    for key, told in NEEDED:
        if told in look.missing:
            yield told, None
        elif key in look.facts:
            yield told, words.value(look.facts[key])
    if look.contents is not None:
        yield "the sentence, as the letter tells it", look.contents.sentence


def _text(contents: Contents) -> Markup:
    """Return the letter's own page as a part of ours, its headings two levels lower."""
    body = _BODY.search(catalogue.html(contents))
    lowered = _HEADING.sub(lambda m: f"{m[1]}{int(m[2]) + 2}", body[1]) if body else ""
    # Safe: made by the letter's own template, which escapes every value.
    return Markup(lowered)  # noqa: S704


def _new_form(
    request: Request,
    about: AboutVictim,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    back = f"/referrals/{about.referral.reference}"
    return forms.show(
        request,
        "Draft the initial contact letter",
        NEW,
        entry=entry,
        errors=errors,
        typed={"language": about.victim.language},
        caption=about.victim.name,
        lead=("Nothing is sent. You can look at the letter before anyone approves it.",),
        action=f"{back}/victims/{about.victim.reference}/letter",
        button="Draft the letter",
        back=back,
    )


def _pdf(pdf: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)
