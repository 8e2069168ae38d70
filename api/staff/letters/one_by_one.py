"""Approving the letters of one kind one after another, each of them shown beside its facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field, read
from api.staff.letters.approving import approval
from api.staff.letters.view import APPROVE, LOOK, Look, facts_shown, look_at, shown_text
from vcs.access.reading.looks import told_about
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.post import catalogue, opening
from vcs.post.drafts.beside import Beside, beside
from vcs.post.drafts.one_by_one import is_waiting, kinds_waiting, next_letter
from vcs.post.drafts.send_back import LONGEST_WHY, send_back
from vcs.post.reads import LetterPage, letter_page
from vcs.post.records import LetterStatus

router = APIRouter()

_AT = "/letters/one-by-one"

_MOST = 10_000

Number = Annotated[int, Query(ge=1, le=_MOST)]

_ON_THE_WAY = (
    Field("letter", "The letter", "hidden", required="Begin again", longest=20),
    Field("n", "Which", "hidden", longest=5),
    Field("of", "Of how many", "hidden", longest=5),
)

SHOW = (*LOOK, *_ON_THE_WAY)

APPROVE_ONE = (*APPROVE, *_ON_THE_WAY)

WHY = Field(
    "why",
    "What must be put right?",
    "lines",
    hint="It is kept as a note on the referral, and the officer is asked to put it right",
    required="Enter what must be put right",
    longest=LONGEST_WHY,
)

SEND_BACK = (WHY, *_ON_THE_WAY)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is on the way through the letters of a kind: the nth of so many."""

    kind: str
    n: int
    of: int

    @classmethod
    def of_entry(cls, kind: str, entry: Entry) -> Place:
        """Read it from a form; what is no number begins the count anew."""
        n, of = (entry.typed.get(name, "") for name in ("n", "of"))
        if not (n.isdigit() and of.isdigit()):
            return cls(kind, 1, 1)
        return cls(kind, max(int(n), 1), max(int(of), 1))

    def after(self, letter: str, done: str = "") -> str:
        """Return the address of the next letter."""
        asked = {"n": self.n + 1, "of": self.of, "after": letter}
        return f"{_AT}/{self.kind}?{urlencode(asked | ({'done': done} if done else {}))}"

    @property
    def words(self) -> str:
        """Return how far it is."""
        return f"{min(self.n, self.of)} of {self.of}"


@router.get(_AT)
def kinds(visit: Visiting) -> Response:
    """List the kinds of letter of which drafts wait, with how many."""
    with visit.app.db.reading() as session:
        found = kinds_waiting(session, visit.officer, visit.app.now())
    title = "Approve letters one by one"
    return pages.render(visit.request, "letters/one_by_one.html", title=title, found=found)


@router.get(f"{_AT}/{{kind}}")
def walk(
    visit: Visiting,
    kind: str,
    n: Number = 1,
    of: Annotated[int, Query(ge=0, le=_MOST)] = 0,
    after: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Say which letter is next. It is shown for a reason, which is recorded."""
    row = catalogue.letter(kind)
    app, who = visit.app, visit.officer
    kept = forms.given_back(visit, SEND_BACK, f"{_AT}/{row.kind}/send-back")
    about = kept.typed["letter"] if kept else ""
    with app.db.reading() as session:
        if after or not is_waiting(session, who, app.now(), row.kind, about):
            letter = next_letter(session, who, app.now(), row.kind, after)
        else:
            letter = about
        found = kinds_waiting(session, who, app.now())
        page = letter_page(session, app.sealer, who, letter) if letter else None
    count = next((one.count for one in found if one.kind == row.kind), 0)
    place = Place(row.kind, n, max(of or count, n))
    if kept and about != letter:
        # What was typed about one letter is shown beside no other.
        forms.not_given_back(visit)
        kept = None
    return _shown(visit, Place.of_entry(row.kind, kept) if kept else place, page, kept)


@router.post(f"{_AT}/{{kind}}")
def show(visit: Visiting, kind: str, form: Posted) -> Response:
    """Show one letter beside its facts; the reason is recorded first."""
    entry = read(SHOW, form)
    reference, place = entry.typed["letter"], Place.of_entry(catalogue.letter(kind).kind, entry)
    if entry.errors:
        return _again(visit, place, reference, entry)
    reason = entry.typed["reason"]
    with visit.app.db.writing() as session:
        work = visit.work(session)
        opening.note_look(work, reference, reason)
        look, told = _draft(look_at(visit, session, reference)), told_about(work)
        at = beside(work, reference)
    forms.forget_shown(visit)
    return _shown(visit, place, look.page, looked=_Looked(look, reason, at, told))


@dataclass(frozen=True, slots=True)
class _Looked:
    look: Look
    reason: str
    beside: Beside
    told_about: int | None


def _again(visit: Visit, place: Place, reference: str, refused: Entry) -> Response:
    with visit.app.db.reading() as session:
        page = letter_page(session, visit.app.sealer, visit.officer, reference)
    return _shown(visit, place, page, refused)


def _draft(look: Look) -> Look:
    """Return a draft; raises NotFound for another letter, which has a page of its own."""
    if look.status is not LetterStatus.DRAFT:
        raise NotFound("This letter is no draft any more. Go on with the next one.")
    return look


def _shown(
    visit: Visit,
    place: Place,
    page: LetterPage | None,
    entry: Entry | None = None,
    looked: _Looked | None = None,
) -> Response:
    """Show where somebody is; the letter itself only where the look was recorded."""
    errors = entry.errors if entry else {}
    letter = page.letter.reference if page else ""
    look = looked.look if looked else None
    return pages.render(
        visit.request,
        "letters/one_of_many.html",
        422 if errors else 200,
        title=words.LETTERS[place.kind],
        place=place,
        page=page,
        look=look,
        at=f"{_AT}/{place.kind}",
        next_at=place.after(letter) if letter else "",
        fields=(WHY,) if "why" in errors else LOOK,
        why_field=WHY,
        looked=looked,
        typed=entry.typed if entry else {},
        errors=errors,
        may_approve=bool(look and look.contents and not look.holds and not look.findings),
        facts=list(facts_shown(look)) if look else [],
        text=shown_text(look.contents) if look and look.contents else "",
        form_token=forms.new_token(),
        back_token=(entry.token if entry and "why" in entry.typed else "") or forms.new_token(),
    )


@router.post(f"{_AT}/{{kind}}/approve")
def approve_one(visit: Visiting, kind: str, form: Posted) -> Response:
    """Approve the letter that was shown, as its own page does, and go on to the next one."""
    entry = read(APPROVE_ONE, form)
    reference, place = entry.typed["letter"], Place.of_entry(catalogue.letter(kind).kind, entry)
    approve = approval(visit, reference, entry, place.after(reference, "approved"))

    def act(work: Work) -> str:
        # Asked only the first time: the same form again finds its own letter approved.
        _draft(look_at(visit, work.session, reference))
        return approve(work)

    def again(refused: Entry) -> Response:
        return _again(visit, place, reference, refused)

    return forms.submit(visit, entry, act, again)


@router.post(f"{_AT}/{{kind}}/send-back")
def send_one_back(visit: Visiting, kind: str, form: Posted) -> Response:
    """Send the letter back to its officer with what must be put right, and go on."""
    entry = read(SEND_BACK, form)
    reference, place = entry.typed["letter"], Place.of_entry(catalogue.letter(kind).kind, entry)

    def act(work: Work) -> str:
        send_back(work, reference, entry.typed["why"])
        return place.after(reference, "sent-back")

    def again(refused: Entry) -> Response:
        return _again(visit, place, reference, refused)

    return forms.submit(visit, entry, act, again)
