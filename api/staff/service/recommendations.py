"""The six recommendations of the joint report, for anyone, with a link to what they may open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards.routes import TABLE
from api.staff import pages, words
from api.state import app_state
from vcs.access.actors import Actor
from vcs.needs.standard import items_on
from vcs.terms import Role

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation of the joint report: where it is seen, taken away and checked."""

    asks: str
    pages: tuple[str, ...]
    commands: tuple[str, ...]
    check: str


_HASHES = "Compare the SHA-256 of each file with the manifest: sha256sum prints it."

_KEY = "Check the signature with OpenSSL and /certificates/key.pem."

NAMES: Mapping[str, str] = {
    "/certificates": "Monthly certificates",
    "/certificates/key.pem": "the public key of this service",
    "/check": "the what-if checker",
    "/commissioner-packs": "Pack for a police and crime commissioner",
    "/delays": "Delays",
    "/dip-samples": "Letters read twice",
    "/inspections": "Inspection samples",
    "/ledger": "Ledger",
    "/lists": "Lists of other systems",
    "/measures": "Measures",
    "/message-standard": "Message standard for referrals",
    "/quality": "In their words",
    "/recommendations#needs": "The standard for assessments of needs",
    "/training": "Training",
    "/training/register": "Who has passed the courses",
    "/training/register.csv": "The register as CSV",
}
"""What the pages are called in a link, by their addresses."""

RECOMMENDATIONS: tuple[Recommendation, ...] = (
    Recommendation(
        "Victims’ experience is reviewed across agencies",
        ("/delays", "/quality", "/measures"),
        ("vcs extract --from 2026-04-01 --to 2026-09-30 --review NAME DIR",),
        "Each event of each victim’s journey is a row, under a pseudonym, with whose turn it was, "
        "and each duty on its due day, also where nothing was done. "
        "Count any figure again from events.csv. " + _HASHES,
    ),
    Recommendation(
        "Compliance with the Victims’ Code is measured, with the quality of the work",
        ("/measures", "/commissioner-packs", "/dip-samples"),
        ("vcs measures --by region --json", "vcs pack DIR --police-area 01 --quarter 2026-Q3"),
        "No time stands without its quality partner. Each number opens its cases for those who may "
        "see them, and can be counted again from the extract of the same period.",
    ),
    Recommendation(
        "There is a minimum standard for assessments of needs",
        ("/recommendations#needs",),
        ("vcs measures --json",),
        "The standard is the table below. M8 says how often it was met in time, M9 what came of "
        "it, M24 how many answers are bare ticks.",
    ),
    Recommendation(
        "Witness care, police and Probation share one process with minimum standards",
        ("/message-standard", "/delays"),
        ("vcs openapi",),
        "A unit’s own program reads what became of its referrals, GET /referrals/events, "
        "and compares it with what it sent.",
    ),
    Recommendation(
        "All eligible victims are referred",
        ("/ledger", "/lists", "/certificates", "/inspections"),
        (
            "vcs ledger --by court",
            "vcs reconcile FILE --list probation",
            "vcs certificate DIR",
            "vcs inspect --sample 50 --seed 7 FILE.zip",
        ),
        "Draw a list of sentences from another system yourself: each line ends as matched, "
        "explained or somebody’s task, and the lines add up. " + _KEY + " The sample is drawn by a "
        "seed of yours from all eligible sentences, whose list you take with it.",
    ),
    Recommendation(
        "All practitioners are trained in the scheme",
        ("/training", "/training/register"),
        ("VCS_MODE=training make run",),
        "/training/register.csv counts who passed by region and role, and each certificate is "
        "signed. " + _KEY + " "
        "Sit a course: its questions are answered by the same rules as real cases, and "
        "/check gives the same answer without signing in.",
    ),
)
"""In the order of the report of December 2023."""


_PAGES = {rule.path: rule for rule in TABLE if rule.method == "GET" and not rule.clients}

_PATH = re.compile(r"((?<![\w/])/[a-z][a-z./-]*[a-z](?:#[a-z]+)?)")
"""An address in a sentence, with the place on its page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence: words, or a page that is linked or named with who may open it."""

    text: str
    href: str = ""
    only_for: str = ""


def parts_for(reader: Actor | None, text: str) -> Iterator[Part]:
    """Yield the parts of a sentence that names addresses, as one reader is shown them.

    An address of a page is shown as what the page is called.
    """
    for place, part in enumerate(_PATH.split(text)):
        rule = _PAGES.get(part.partition("#")[0]) if place % 2 else None
        if rule is None:
            yield Part(part)
        elif rule.anyone or (reader and reader.role in rule.roles):
            yield Part(NAMES[part], href=part)
        else:
            yield Part(NAMES[part], only_for=_named(rule.roles))


def _named(roles: frozenset[Role]) -> str:
    if roles == frozenset(Role):
        return "whoever signs in"
    return ", ".join(words.ROLES[role] for role in Role if role in roles)


@router.get("/recommendations")
def recommendations(request: Request) -> Response:
    """Say of each recommendation where it is seen, what is taken away, and how that is checked."""
    reader = getattr(request.state, "actor", None)
    return pages.render(
        request,
        "about/recommendations.html",
        title="The six recommendations",
        found=RECOMMENDATIONS,
        parts=lambda text: parts_for(reader, text),
        items=items_on(app_state(request).today),
    )
