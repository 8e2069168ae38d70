"""The sorts of letter that the gate holds, each with how it is begun, held, decided and let out.

One table for letters to victims, on paper and by email alone, and for each letter to a partner:
what must hold for one must hold for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import col, select, update

from tests.journeys.test_victim_to_choice import CONTENTS, PDF, draft
from tests.journeys.world import YORKSHIRE, World, told
from tests.post.batches.ways_out import BY_EMAIL, ON_PAPER, Way, goes_out
from tests.post.held_for import ARRANGE, excluded
from tests.post.others.a_partner import approve as approve_to_partner
from tests.post.others.test_others import BROUGHT, _asked_about_sentence, ready
from tests.victims.test_preferences import say
from vcs.access.actors import Actor
from vcs.access.records import Account, Unit
from vcs.access.work import Work
from vcs.errors import VcsError
from vcs.post import letters
from vcs.post.addresses.both_addresses import REASON, marks_for_letter, reveal_for_letter
from vcs.post.cases.case import gather
from vcs.post.catalogue import letter as row_of
from vcs.post.decisions import AboutShared, decide
from vcs.post.gate import HoldKind, Step, holds
from vcs.post.holds.hold_kinds import Concerns
from vcs.post.holds.policies import POLICIES
from vcs.post.language.formats import Written
from vcs.post.letters import MadeLetter
from vcs.post.others.case import gather_other
from vcs.post.others.destinations.office_reads import office_named
from vcs.post.others.destinations.offices import AddressEntry, OfficeEntry, change_office
from vcs.post.others.find import visible_other
from vcs.post.others.letters import decide_about_other
from vcs.post.others.opening import reveal_for_other
from vcs.post.others.records import PartnerOffice
from vcs.post.reads import visible_letter
from vcs.post.records import LetterQuestion, LetterRecord, LetterStatus
from vcs.terms import LetterFormat, LetterLanguage, Role
from vcs.victims.preferences.records import Rule
from vcs.victims.preferences.records import Way as Channel
from vcs.victims.records import Victim

ONLY_ONCE_APPROVED = {
    HoldKind.CHANGED,
    HoldKind.SIGNED_OTHERWISE,
    HoldKind.EXCLUDED,
    # It may be approved, so that it leaves once everybody may be told.
    HoldKind.TOLD_TOGETHER,
}

NOTE_UNSETTLED = HoldKind.NOTE_UNSETTLED

NOTICE = "hospital-managers-notice"

OF_DOOR = {kind for kind in HoldKind if POLICIES[kind].concerns is Concerns.ADDRESS}

OF_MAILBOX = {kind for kind in HoldKind if POLICIES[kind].concerns is Concerns.MAILBOX}


@dataclass(frozen=True)
class Sort:
    """One sort of letter. ``held_by`` are the reasons that can come about for it.

    ``out`` are the ways by which one that nothing holds gets out, ``shut`` those by which it never
    does.
    """

    name: str
    held_by: tuple[HoldKind, ...]
    out: Mapping[str, Way]
    begin: Callable[[World], str]
    arrange: Callable[[World, HoldKind], None]
    sees: Callable[[World, Any, str, Step], set[HoldKind]]
    seal: Callable[[World, str, Actor], None]
    decides: Callable[[Work, str, LetterQuestion], object]
    reveals: Callable[[Work, str, str], object]
    shut: tuple[str, ...] = ()
    tries: Role = Role.VLO

    def officer(self, world: World, hold: HoldKind | None = None) -> Actor:
        """Return who tries: a colleague where whoever approved it sees the case no more."""
        if hold is HoldKind.EXCLUDED:
            return world.hire(self.tries, "A Colleague")
        return world.people[self.tries]

    def approve(self, world: World, letter: str) -> None:
        self.seal(world, letter, world.people[Role.VLO])

    def approved(self, world: World) -> str:
        letter = self.begin(world)
        self.approve(world, letter)
        return letter

    def held_at(self, world: World, letter: str, step: Step) -> set[HoldKind]:
        with world.db.reading() as session:
            return self.sees(world, session, letter, step)

    def decide(self, world: World, letter: str, question: LetterQuestion, who: Actor) -> bool:
        """Decide something about a letter; say whether that was allowed."""
        try:
            with world.db.writing() as session:
                self.decides(world.work(session, who), letter, question)
        except VcsError:
            return False
        return True

    def reveal(self, world: World, letter: str, who: Actor) -> None:
        with world.db.writing() as session:
            self.reveals(world.work(session, who), letter, REASON)

    def gets_out(self, world: World, letter: str, who: Actor) -> list[str]:
        """Return every way by which a letter gets out now."""
        ways = {**{name: ON_PAPER[name] for name in self.shut}, **self.out}
        return [name for name, way in ways.items() if goes_out(world, letter, way, who)]


def the_victim(world: World) -> str:
    """Return the first victim of the world; "" before there is one."""
    with world.db.reading() as session:
        return session.exec(select(Victim.reference).order_by(col(Victim.id))).first() or ""


def _seal(world: World, letter: str, who: Actor, *, body: bytes = PDF) -> None:
    with world.db.writing() as session:
        made = MadeLetter(body, "v1", CONTENTS)
        letters.save_approved_letter(world.work(session, who), letter, made)


def _seal_text(world: World, letter: str, who: Actor) -> None:
    _seal(world, letter, who, body=b"Dear Ms Canary-Name")


def _sees(world: World, session: Any, letter: str, step: Step) -> set[HoldKind]:
    kept, victim, _ = visible_letter(session, letter, world.people[Role.MANAGER])
    case = gather(session, world.sealer, victim, kept, world.today).case
    return {hold.kind for hold in holds(case, step)}


def _decides(work: Work, letter: str, question: LetterQuestion) -> object:
    return decide(work, letter, question, "I asked her", _lives_there(work, letter))


def _lives_there(work: Work, letter: str) -> AboutShared:
    record = work.session.exec(select(LetterRecord).where(LetterRecord.reference == letter)).one()
    whose = record.victim_id or record.about_victim_id
    victim = work.session.get(Victim, whose) if whose else None
    if victim is None:
        return AboutShared("Her mother")
    marks = marks_for_letter(work.session, work.sealer, victim, work.today)
    return AboutShared("Her mother", marks)


def _on_paper(world: World) -> str:
    """Begin a letter to somebody who may be emailed too."""
    world.court_tells(told())
    victim = world.refer()
    letter = draft(world, victim)
    say(world, victim, Channel.EMAIL, Rule.ALLOWED)
    return letter


def _by_email(world: World) -> str:
    """Begin a letter in plain text to somebody who wants nothing by post and allowed email."""
    world.court_tells(told())
    victim = world.refer()
    say(world, victim, Channel.POST, Rule.NEVER)
    say(world, victim, Channel.EMAIL, Rule.ALLOWED)
    plain = Written(LetterLanguage.ENGLISH, LetterFormat.TEXT)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        return letters.draft_letter(work, victim, "initial-contact", plain).reference


def _arrange(world: World, hold: HoldKind) -> None:
    ARRANGE[hold](world, the_victim(world))


def _arrange_by_email(world: World, hold: HoldKind) -> None:
    if hold is HoldKind.POST_NEVER:
        # Without her yes to email, nothing is left by which a letter may go.
        say(world, the_victim(world), Channel.EMAIL, Rule.NEVER)
    else:
        _arrange(world, hold)


TO_VICTIM = Sort(
    "to a victim, on paper",
    tuple(one for one in HoldKind if one not in OF_MAILBOX),
    ON_PAPER | BY_EMAIL,
    _on_paper,
    _arrange,
    _sees,
    _seal,
    _decides,
    reveal_for_letter,
)

BY_EMAIL_ALONE = Sort(
    "to a victim, by email alone",
    # Somebody to be reached only through another allows email no more: that is a POST_NEVER here.
    # A yes to email settles what a note means for it.
    tuple(one for one in HoldKind if one not in OF_DOOR | {HoldKind.ONLY_VIA, NOTE_UNSETTLED}),
    {"its PDF, to answer a question": ON_PAPER["its PDF, to answer a question"]}
    | {"by hand": ON_PAPER["by hand"]}
    | BY_EMAIL,
    _by_email,
    _arrange_by_email,
    _sees,
    _seal_text,
    _decides,
    reveal_for_letter,
    shut=("its PDF, to post it", "a new batch", "given to Notify"),
)


def _office_moves(world: World) -> None:
    with world.db.writing() as session:
        where = session.exec(select(PartnerOffice.reference)).one()
        work = world.work(session, world.people[Role.ADMINISTRATOR])
        moved = AddressEntry("2 Other Street\nLeeds", "LS2 8JS", world.today)
        seen = office_named(session, work.actor, where, world.today).version
        change_office(work, where, seen, OfficeEntry("The Manager", moved))


def _number_changes(world: World) -> None:
    with world.db.writing() as session:
        session.get_one(Unit, YORKSHIRE).phone = "0113 496 0999"
        session.execute(update(Account).values(phone="0113 496 0998"))


def _went_before(world: World) -> None:
    """Have a letter of the same kind for the same occasion that was approved before this one."""
    with world.db.writing() as session:
        query = select(LetterRecord).where(col(LetterRecord.sentence_id).is_not(None))
        letter = session.exec(query.order_by(col(LetterRecord.id).desc())).first()
        assert letter is not None
        other: dict[str, Any] = {
            "id": 0,
            "reference": "VCS-WENT-BEFO",
            "status": LetterStatus.APPROVED,
        }
        approved: dict[str, Any] = {
            "approved_at": world.clock.now() - timedelta(days=1),
            "approved_by": 1,
        }
        # The very same letter but for what tells two apart.
        columns = letter.model_dump(exclude={"office_id", "pdf", *other, *approved})
        session.add(LetterRecord(**columns, **other, **approved))


_TO_PARTNERS: Mapping[HoldKind, Callable[[World], object]] = {
    HoldKind.CHANGED: _office_moves,
    HoldKind.SIGNED_OTHERWISE: _number_changes,
    HoldKind.SECOND_LETTER: _went_before,
    HoldKind.SENTENCE_ASKED: _asked_about_sentence,
    HoldKind.EXCLUDED: lambda world: excluded(world, ""),
}


def _arrange_to_partner(world: World, hold: HoldKind) -> None:
    if hold in _TO_PARTNERS:
        _TO_PARTNERS[hold](world)
    else:
        _arrange(world, hold)


def _sees_to_partner(world: World, session: Any, letter: str, step: Step) -> set[HoldKind]:
    seen = (session, world.sealer, world.people[Role.MANAGER], letter, world.clock.now())
    record, about = visible_other(*seen)
    return {one.kind for one in holds(gather_other(about, record).case, step)}


def _decides_to_partner(work: Work, letter: str, question: LetterQuestion) -> object:
    return decide_about_other(work, letter, question, "I asked her", _lives_there(work, letter))


CANNOT_COME_ABOUT = {
    ("chase-witness-care", HoldKind.INSTRUCTION_ASKED),
    ("youth-offending-team", HoldKind.INSTRUCTION_ASKED),
    ("youth-offending-team", HoldKind.EXCLUDED),
}
"""There is no victim yet to instruct us about, or no referral that somebody is kept out of."""


def _to_partner(kind: str) -> Sort:
    held_by = (one for one in sorted(row_of(kind).stopped_by))
    return Sort(
        kind,
        tuple(one for one in held_by if (kind, one) not in CANNOT_COME_ABOUT),
        ON_PAPER,
        lambda world: ready(world, kind),
        _arrange_to_partner,
        _sees_to_partner,
        lambda world, letter, _: approve_to_partner(world, letter, Role.VLO),
        _decides_to_partner,
        reveal_for_other,
        tries=Role.MANAGER,
    )


TO_PARTNERS: Mapping[str, Sort] = {kind: _to_partner(kind) for kind in BROUGHT}

SORTS: Mapping[str, Sort] = {
    sort.name: sort for sort in (TO_VICTIM, BY_EMAIL_ALONE, *TO_PARTNERS.values())
}
