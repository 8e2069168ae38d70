"""Working on a letter to a partner: its office, its facts, approval, and what may let it go."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.both import SharedForm
from api.staff.fields import VERSION, Entry, Field, read
from api.staff.forms import Form, FormPage
from api.staff.letters.approving import (
    REASON,
    WITH_WHO_LIVES_THERE,
    about_shared,
    seen_in,
)
from api.staff.letters.facts import fields_of, typed_in
from api.staff.letters.opened import as_seen
from api.staff.to_others.view import (
    APPROVE,
    held_other,
    look_at_other,
    other_shown,
    question_named,
    words_of_other,
)
from letters import catalogue
from letters.making.asking import given_from
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import Conflict, NotAllowed
from vcs.post.addresses.both_addresses import marks_for_letter
from vcs.post.gate import why_not_decide
from vcs.post.letters import MadeLetter
from vcs.post.others import letters
from vcs.post.others.destinations.places import OFFICES
from vcs.post.others.destinations.recipients import choices, kind_of
from vcs.post.others.facts import known_facts
from vcs.post.others.find import visible_letter, visible_other
from vcs.post.records import LetterQuestion, LetterStatus
from vcs.post.subjects.given import given_to, given_version
from vcs.terms import LetterLanguage

router = APIRouter()

_SEE_WORDS = "Look at the letter first: its page names the words that were found in it."

AT = "/letters-to-others/{reference}"

_SHARED = LetterQuestion.SHARED_ADDRESS


def check(visit: Visit, reference: str) -> None:
    """Raise NotFound for a letter that is not theirs to see."""
    with visit.app.db.reading() as session:
        visible_letter(session, visit.officer, reference)


def _draft_kind(visit: Visit, reference: str) -> str:
    """Return the kind of a draft. Raises Conflict for a letter that is none any more."""
    require_may(visit.officer, Act.WRITE_LETTER)
    with visit.app.db.reading() as session:
        letter = visible_letter(session, visit.officer, reference)
        if letter.status != LetterStatus.DRAFT:
            raise Conflict(letters.NO_DRAFT)
        return letter.kind


def form_page(
    reference: str, kind: str, action: str, words_of_page: tuple[str, str], *lead: str
) -> FormPage:
    """Return a page of one question about a letter of a kind."""
    title, button = words_of_page
    return FormPage(
        title,
        action=f"/letters-to-others/{reference}/{action}",
        button=button,
        back=f"/letters-to-others/{reference}",
        caption=f"{reference}, {words.LETTERS[kind]}",
        lead=lead,
    )


def _office_fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    app = visit.app
    with app.db.reading() as session:
        letter, about = visible_other(session, app.sealer, visit.officer, reference, app.now())
        found = choices(session, letter, about)
        kind = OFFICES[kind_of(letter)].words
    options = {one.reference: f"{one.name}, {', '.join(one.lines)}" for one in found}
    return (
        Field(
            "office",
            f"Which {kind}?",
            "radios",
            hint="An administrator adds one that is missing, on the page Partner offices",
            required="Select the office that it goes to",
            options=options,
        ),
        Field(
            "language",
            "Which language?",
            "radios",
            hint="Leave blank to keep the language it is in. Welsh that nobody has signed off goes "
            "out only with the English beside it",
            options=words.letter_languages(letter.kind),
        ),
        VERSION,
    )


def _office_page(visit: Visit, reference: str) -> FormPage:
    kind = _draft_kind(visit, reference)
    title = ("Where this letter goes", "Send it there")
    page, app = form_page(reference, kind, "office", title), visit.app
    with app.db.reading() as session:
        letter, about = visible_other(session, app.sealer, visit.officer, reference, app.now())
        found = choices(session, letter, about)
        version, language = letters.addressed_version(letter), letter.language
    goes_to = next((one.reference for one in found if one.id == letter.office_id), "")
    return replace(page, typed={"office": goes_to, "language": language, VERSION.name: version})


OFFICE = SharedForm(_office_fields, _office_page, check=check)


@forms.serve(router, f"{AT}/office", OFFICE)
def keep_office(work: Work, entry: Entry, reference: str) -> str:
    """Keep to which office a letter goes."""
    language = LetterLanguage(spoken) if (spoken := entry.typed.get("language")) else None
    letters.choose_office(
        work, reference, entry.typed["office"], language, entry.typed[VERSION.name]
    )
    return pages.after(f"/letters-to-others/{reference}", "facts-kept")


def _facts_fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    return *fields_of(_draft_kind(visit, reference)), VERSION


def _facts_page(visit: Visit, reference: str) -> FormPage:
    kind, app = _draft_kind(visit, reference), visit.app
    with app.db.reading() as session:
        letter, about = visible_other(session, app.sealer, visit.officer, reference, app.now())
        known, given = known_facts(about, kind), given_to(app.sealer, letter)
        version = given_version(app.sealer, letter)
    return FormPage(
        "What this letter needs",
        action=f"/letters-to-others/{reference}/facts",
        button="Keep these facts",
        back=f"/letters-to-others/{reference}",
        caption=words.LETTERS[kind],
        lead=(
            "What is on record is filled in. What you enter here is for this letter alone.",
            "Write no more about a victim than this letter must say.",
        ),
        typed={**typed_in(kind, {**known, **given}), VERSION.name: version},
    )


FACTS_OF_OTHER = SharedForm(_facts_fields, _facts_page, check=check)


@forms.serve(router, f"{AT}/facts", FACTS_OF_OTHER)
def keep_facts(work: Work, entry: Entry, reference: str) -> str:
    """Keep what somebody entered for this letter."""
    letter, about = visible_other(work.session, work.sealer, work.actor, reference, work.now)
    given = given_from(letter.kind, entry.typed, known_facts(about, letter.kind))
    letters.give_facts_to_other(work, reference, entry.typed[VERSION.name], given)
    return pages.after(f"/letters-to-others/{reference}", "facts-kept")


@router.post(f"{AT}/approve")
def approve(visit: Visiting, reference: str, form: Posted) -> Response:
    """Approve the letter that was shown. The PDF is made once and stored with its hash."""
    entry = read(APPROVE, form)
    with visit.app.db.reading() as session:
        contents = as_seen(look_at_other(visit, session, reference), entry)
    rendered = visit.app.renderer.letter(contents)
    version = catalogue.template_version(contents.kind, contents.language, contents.format)
    made = MadeLetter(rendered.pdf, version, *words_of_other(contents))

    def act(work: Work) -> str:
        # Looked up again inside the transaction: what changed a moment ago must not go out.
        as_seen(look_at_other(visit, work.session, reference), entry)
        letters.approve_other(work, reference, made)
        return pages.after(f"/letters-to-others/{reference}", "partner-approved")

    return forms.submit(visit, entry, act, lambda refused: other_shown(visit, reference, refused))


def _decide_check(visit: Visit, reference: str, question: str) -> None:
    question_named(question)
    check(visit, reference)


def _decide_page(visit: Visit, reference: str, question: str) -> FormPage:
    asked = question_named(question)
    with visit.app.db.reading() as session:
        look = held_other(visit, session, reference)
        marks = _marks(visit, session, reference) if asked is _SHARED else ()
    reasons = [hold.text for hold in look.holds if hold.question is asked]
    if asked is LetterQuestion.WORDING:
        reasons = [_SEE_WORDS]
    if not reasons:
        raise Conflict("This needs no decision any more. Open the letter again.")
    if why_not := why_not_decide(look.case, asked, visit.officer):
        raise NotAllowed(why_not)
    title = (words.LETTER_QUESTIONS[asked], "This letter may go")
    page = form_page(reference, look.page.row.kind, f"decide/{question}", title, *reasons)
    if asked is not _SHARED:
        return page
    both = f"/letters-to-others/{reference}/addresses"
    typed = seen_in(visit, marks)
    return replace(page, template="letters/decide.html", more={"both": both}, typed=typed)


def _marks(visit: Visit, session: Session, reference: str) -> tuple[str, ...]:
    seen = (session, visit.app.sealer, visit.officer, reference, visit.app.now())
    _, about = visible_other(*seen)
    if about.victim is None:
        return ()
    return marks_for_letter(session, visit.app.sealer, about.victim, visit.app.today)


def _decide_fields(visit: Visit, reference: str, question: str) -> tuple[Field, ...]:
    del visit, reference
    is_shared = question_named(question) is _SHARED
    return WITH_WHO_LIVES_THERE if is_shared else REASON


DECIDE_OF_OTHER = Form(_decide_fields, _decide_page, check=_decide_check)


@forms.serve(router, f"{AT}/decide/{{question}}", DECIDE_OF_OTHER)
def decide(work: Work, entry: Entry, reference: str, question: str) -> str:
    """Keep what a second person decided about this letter, with the reason."""
    asked, reason = question_named(question), entry.typed["reason"]
    if asked is LetterQuestion.WORDING:
        letters.pass_wording_of_other(work, reference, _words_now(work, reference), reason)
    else:
        letters.decide_about_other(work, reference, asked, reason, about_shared(entry))
    return pages.after(f"/letters-to-others/{reference}", "letter-decided")


def _words_now(work: Work, reference: str) -> tuple[str, str]:
    letter, about = visible_other(work.session, work.sealer, work.actor, reference, work.now)
    return words_of_other(catalogue.compose(letter.kind, *letters.as_wanted(about, letter)))
