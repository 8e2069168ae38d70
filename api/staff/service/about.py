"""What the service says of itself, for anyone: its guides, its accessibility and its cookies."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards import kept_forms
from api.guards.session import IDLE, Visiting
from api.staff import pages
from api.staff.words.office.guides import GUIDE_OF, GUIDES
from api.staff.words.other_systems.messages import MESSAGES, OUTCOME_WORDS
from api.state import app_state
from vcs.errors import NotFound
from vcs.needs.standard import items_on
from vcs.partners.outcomes.missing import MINIMUM

router = APIRouter()


@router.get("/accessibility")
def accessibility(request: Request) -> Response:
    """Say how accessible the pages are."""
    return pages.render(request, "about/accessibility.html", title="Accessibility statement")


@router.get("/cookies")
def cookies(request: Request) -> Response:
    """Say which cookies are set."""
    return pages.render(
        request,
        "about/cookies.html",
        title="Cookies",
        idle=IDLE,
        name=_cookie(request),
        kept_name=kept_forms.cookie_name(app_state(request)),
    )


@router.get("/message-standard")
def message_standard(request: Request) -> Response:
    """Say what witness care's programs send, what comes back, and by when."""
    return pages.render(
        request,
        "about/message_standard.html",
        title="Message standard for referrals",
        minimum={name: why for name, (_, why) in MINIMUM.items()},
        kinds=MESSAGES,
        back=OUTCOME_WORDS,
    )


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation of the joint report: where it is seen, taken away and checked."""

    asks: str
    pages: tuple[str, ...]
    commands: tuple[str, ...]
    check: str


_HASHES = "Compare the SHA-256 of each file with the manifest: sha256sum prints it."

_KEY = "Check the signature with OpenSSL and the key at /certificates/key.pem."

RECOMMENDATIONS: tuple[Recommendation, ...] = (
    Recommendation(
        "Victims’ experience is reviewed across agencies",
        ("/delays", "/quality", "/measures"),
        ("vcs extract --from 2026-04-01 --to 2026-09-30 --review NAME DIR",),
        "Each event of each victim’s journey is a row, under a pseudonym, with whose turn it was. "
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
        "seed of yours from all eligible sentences.",
    ),
    Recommendation(
        "All practitioners are trained in the scheme",
        ("/training", "/training/register"),
        ("VCS_MODE=training make run",),
        "The register, /training/register.csv, counts who passed by region and role. "
        "Sit a course: its questions are answered by the same rules as real cases, and "
        "/check gives the same answer without signing in.",
    ),
)
"""In the order of the report of December 2023."""


@router.get("/recommendations")
def recommendations(request: Request) -> Response:
    """Say of each recommendation where it is seen, what is taken away, and how that is checked."""
    return pages.render(
        request,
        "about/recommendations.html",
        title="The six recommendations",
        found=RECOMMENDATIONS,
        items=items_on(app_state(request).today),
    )


@router.get("/guide")
def my_guide(visit: Visiting) -> Response:
    """Lead whoever is signed in to the guide of their role."""
    return pages.go(f"/guide/{GUIDE_OF[visit.officer.role]}")


@router.get("/guide/{name}")
def guide(request: Request, name: str) -> Response:
    """Show the guide of one role."""
    if name not in GUIDES:
        raise NotFound("There is no such guide.")
    shown = GUIDES[name]
    return pages.render(
        request, "about/guide.html", title=f"Guide: {shown.who}", guide=shown, guides=GUIDES
    )


def _cookie(request: Request) -> str:
    return "__Host-vcs" if request.url.scheme == "https" else "vcs"
