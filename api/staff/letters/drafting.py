"""Beginning a letter: which of those that fit, in what language, or why none may begin."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.victims.heading import heading_of
from letters.catalogue import INITIAL_CONTACT
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.post import catalogue, letters
from vcs.post.cases import case as reads
from vcs.post.cases.letter_case import LetterCase
from vcs.post.gate import HoldKind
from vcs.post.language.formats import Written, suggested
from vcs.post.language.welsh import for_reader
from vcs.post.subjects.fits import Fit, letters_that_fit
from vcs.terms import Language, LetterFormat, LetterLanguage

router = APIRouter()

NEW = (
    Field(
        "language",
        "Which language?",
        "radios",
        hint="Welsh that nobody has signed off goes out only with the English beside it",
        required="Select the language of the letter",
        options=words.letter_languages(INITIAL_CONTACT),
    ),
    Field(
        "format",
        "Which format does this person need?",
        "radios",
        hint="The whole letter is made in it. Where they said what they need, the standard letter "
        "takes a second person who says that it meets the need",
        options=words.LETTER_FORMATS,
    ),
)

FOR_DECISION = Field(
    "for_decision",
    "Begin it all the same?",
    "radios",
    hint="It cannot be approved until a second person has decided that it may go, with a reason",
    required="Select this to begin it, or go back",
    options={"yes": "Begin it, for a second person to decide"},
)


def _fits(visit: Visit, victim: str) -> tuple[Fit, ...]:
    app = visit.app
    with app.db.reading() as session:
        return letters_that_fit(session, app.sealer, visit.officer, victim, app.now())


def _first(fits: tuple[Fit, ...]) -> Fit:
    """Return the first letter of the referral, which always fits."""
    return next(one for one in fits if one.is_first)


def _fields(visit: Visit, reference: str, victim: str) -> tuple[Field, ...]:
    heading_of(visit, reference, victim)
    fits = _fits(visit, victim)
    begun = [one for one in fits if one.may_begin]
    which = Field(
        "kind",
        "Which letter?",
        "radios",
        hint="Each fits something that is recorded. Record what happened first to begin another",
        required="Select which letter",
        options={one.row.kind: _named(one) for one in begun},
    )
    fields = (which, *NEW) if len(begun) > 1 else NEW
    held = [one for one in begun if one.stopped]
    return (*fields, FOR_DECISION) if held and len(held) == len(begun) else fields


def _named(fit: Fit) -> str:
    """Return what a letter is called and what it is for."""
    return f"{words.LETTERS[fit.row.kind]}: {fit.row.purpose[0].lower()}{fit.row.purpose[1:]}"


def _page(visit: Visit, reference: str, victim: str) -> FormPage:
    heading, fits = heading_of(visit, reference, victim), _fits(visit, victim)
    about = f"/referrals/{reference}/victims/{victim}"
    first = _first(fits)
    begun = [one for one in fits if one.may_begin]
    opted_out = any(hold.kind is HoldKind.OPTED_OUT for hold in first.stopped)
    shown = begun[0] if begun else first
    return FormPage(
        "Draft a letter",
        action=f"{about}/letter",
        button="Draft the letter",
        back=f"/referrals/{reference}",
        caption=heading.name,
        lead=("Nothing is sent. You can look at the letter before anyone approves it.",),
        typed={
            # Of several, none is suggested: who has joined is not invited by a slip.
            "kind": shown.row.kind if len(begun) == 1 else "",
            "language": for_reader(catalogue.letter(INITIAL_CONTACT), Language(heading.language)),
            "format": _suggested(first.case),
        },
        template="letters/new.html",
        more={
            "rules": heading.rules,
            "stopped": () if begun else first.stopped,
            "changed_mind": f"{about}/choice?to=opt_in" if opted_out else "",
            "to_know": (*shown.stopped, *_besides(shown)),
            "waiting": [one for one in fits if one.draft],
            "not_now": [one for one in fits if not one.may_begin and not one.draft and begun],
            "letters": words.LETTERS,
            "details": f"{about}/address",
        },
    )


def _besides(fit: Fit) -> tuple[object, ...]:
    """Return what stops a letter only later on."""
    said = {hold.text for hold in fit.stopped}
    return tuple(hold for hold in fit.later if hold.text not in said)


NEW_LETTER = Form(_fields, _page, check=heading_of)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/letter", NEW_LETTER)
def draft_letter(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Draft the letter of the kind, language and format asked for."""
    del reference
    kind = entry.typed.get("kind") or _kind(work, victim)
    written = _written(work, entry, victim)
    for_decision = entry.typed.get("for_decision") == "yes"
    draft = letters.draft_letter(work, victim, kind, written, for_decision=for_decision)
    return pages.after(f"/letters/{draft.reference}", "drafted")


def _kind(work: Work, victim: str) -> str:
    """Return the one letter that may begin, where the form did not have to ask which."""
    fits = letters_that_fit(work.session, work.sealer, work.actor, victim, work.now)
    begun = [one for one in fits if one.may_begin]
    return (begun[0] if len(begun) == 1 else _first(fits)).row.kind


def _written(work: Work, entry: Entry, victim: str) -> Written:
    """Return how the letter is to be written; a need that fits no format is a person's to answer.

    Raises NotValid where somebody has a need and nobody chose the format.
    """
    case = reads.case_of_victim(work.session, work.sealer, work.actor, victim, work.today)
    chosen = entry.typed["format"]
    if case.format_needs and not chosen:
        raise NotValid(
            "Read what this person needs, and select a format.",
            {"format": "Select the format that meets what this person needs"},
        )
    form = LetterFormat(chosen or LetterFormat.STANDARD)
    return Written(LetterLanguage(entry.typed["language"]), form, case.format_needs)


def _suggested(case: LetterCase) -> str:
    """Return the format that their own words ask for: "" where only a person can say."""
    if not case.format_needs:
        return LetterFormat.STANDARD
    return suggested(case.format_needs) or ""
