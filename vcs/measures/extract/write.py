"""The files of an extract: the same period, review and data are the same bytes, whoever asks."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import chain
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.access.records import AuditEntry
from vcs.errors import NotValid
from vcs.law.deadlines.duties import DUTIES
from vcs.law.deadlines.working_days import working_days_between
from vcs.measures.extract.events import SOURCES, Due, Event
from vcs.measures.extract.generalise import COLUMNS, generalise, too_few
from vcs.measures.extract.owed import of_duties
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.small_numbers.withheld import FEWEST, WITHHELD, Tie, withhold
from vcs.victims.records import PersonRecord, Victim

NOT_RECORDED: Final = (
    "offender_key",
    "victim_unit",
    "offence_family",
    "term_band",
    "age_band",
    "sex",
    "ethnicity_group",
    "disability",
    "format",
    "relation_to_offender",
    "rule_kept",
    "planned",
)
"""What the dictionary of the review asks for and no record here says."""

WRITTEN: Final = "extract.written"
"""What the trail calls an extract that was written."""

_RISK: Final = (
    "Its rows can be joined with those of another extract of the same days by what they say, "
    "whatever the pseudonyms: nobody may hold both."
)

_ALL: Final = ("all", "")


@dataclass(frozen=True, slots=True)
class ExtractAsked:
    """Which period, both days included, and for which named review.

    It ends on ``known_to`` at the latest: what is not due yet was never missed.
    """

    from_on: date
    to_on: date
    review: str = ""
    known_to: date = date.max

    @property
    def last_on(self) -> date:
        """Return the last day of which anything is told."""
        return min(self.to_on, self.known_to)

    @property
    def subject(self) -> str:
        """Return how the trail names the period."""
        return f"{self.from_on}..{self.to_on}"

    @property
    def words(self) -> str:
        """Return the arguments as one text: another period or review has other pseudonyms."""
        return json.dumps([self.from_on.isoformat(), self.to_on.isoformat(), self.review])


def extract(
    session: Session, sealer: Sealer, asked: ExtractAsked, program: str
) -> dict[str, bytes]:
    """Return the files by name. Raises NotValid for a period that ends before it begins."""
    if asked.to_on < asked.from_on:
        raise NotValid("The last day is before the first.", {"to": "Give a later day"})
    key_id, key = next(iter(sealer.digests(f"extract of journeys {asked.words}").items()))
    known = _Known(session, key)
    rows, made_less_exact = known.rows(asked)
    made = {
        "events.csv": _csv(_columns(), rows),
        "dictionary.csv": _dictionary().encode(),
    }
    said = {
        "program": program,
        "from": asked.from_on.isoformat(),
        "to": asked.to_on.isoformat(),
        "told_up_to": asked.last_on.isoformat(),
        "review": asked.review,
        "key": key_id,
        "rows": len(rows),
        "events": _counted(row["event"] for row in rows),
        "rule_sets": sorted({row["rule_set"] for row in rows if row["rule_set"]}),
        **made_less_exact,
        "earlier_extracts_of_these_days": earlier_extracts(session, asked),
        "risk": _RISK,
        "not_recorded": list(NOT_RECORDED),
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in made.items()},
    }
    made["manifest.json"] = json.dumps(said, indent=1, sort_keys=True).encode()
    return made


class _Known:
    """What the rows are made from, read once."""

    def __init__(self, session: Session, key: str) -> None:
        self.session, self.key = session, key
        self.sentences = {one.id: one for one in session.exec(select(Sentence))}
        self.referrals = {one.sentence_id: one for one in session.exec(select(Referral))}
        language = select(Victim, PersonRecord.language).join(
            PersonRecord, col(PersonRecord.id) == col(Victim.person_id)
        )
        self.victims = {one.id: (one, words) for one, words in session.exec(language)}
        self.due: dict[tuple[int, int | None, str], date] = {}
        for one in session.exec(select(DeadlineRecord).order_by(col(DeadlineRecord.id))):
            due_on = one.lawful_due_on or one.due_on
            self.due.setdefault((one.referral_id, one.victim_id, one.duty), due_on)

    def pseudonym(self, kind: str, reference: object) -> str:
        """Return 16 hexadecimal digits that no other extract has for the same thing."""
        text = f"{kind}:{reference}".encode()
        return hmac.new(self.key.encode(), text, hashlib.sha256).hexdigest()[:16]

    def rows(self, asked: ExtractAsked) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Return the rows in their order, and what of them was made less exact."""
        journeys: dict[tuple[str, str], list[Event]] = defaultdict(list)
        sources = (*(source(self.session) for source in SOURCES), self._owed(asked))
        for event in chain.from_iterable(sources):
            if asked.from_on <= event.on <= asked.last_on:
                journeys[self._whose(event)].append(event)
        rows = [row for whose in sorted(journeys) for row in self._journey(whose, journeys[whose])]
        told = {
            "generalised": dict(sorted(generalise(rows).items())),
            "generalised_in_order": list(COLUMNS),
            "generalised_because": f"fewer than {FEWEST} people share the combination in a quarter",
            "quarters_of_fewer_people": too_few(rows),
        }
        for row in rows:
            del row["quarter"]
        return rows, told

    def _owed(self, asked: ExtractAsked) -> Iterator[Event]:
        return of_duties(self.session, asked.last_on)

    def _whose(self, event: Event) -> tuple[str, str]:
        sentence = self.sentences[event.sentence_id].reference
        if event.victim_id is None:
            return "", self.pseudonym("sentence", sentence)
        person = self.victims[event.victim_id][0].person_id
        return self.pseudonym("victim", person), self.pseudonym("sentence", sentence)

    def _journey(self, whose: tuple[str, str], events: list[Event]) -> Iterator[dict[str, Any]]:
        order = sorted(events, key=lambda one: (one.on, one.event, one.detail, one.channel))
        met: set[str] = set()
        last: date | None = None
        for seq, event in enumerate(order, start=1):
            row = self._row(event, event.duty not in met)
            if event.due is None:
                met.add(event.duty)
            since = working_days_between(last, event.on) if last else None
            last = event.on
            yield {
                "victim_key": whose[0],
                "sentence_key": whose[1],
                "seq": seq,
                "working_days_since_previous": since,
                **row,
            }

    def _row(self, event: Event, is_first: bool) -> dict[str, Any]:
        sentence = self.sentences[event.sentence_id]
        place = self.referrals.get(event.sentence_id, sentence)
        officer = self.pseudonym("officer", event.officer_id) if event.officer_id else ""
        return {
            "officer_key": officer,
            "event": event.event,
            "day": (event.on - sentence.sentenced_on).days,
            "month": event.on.strftime("%Y-%m"),
            "quarter": (event.on.year, (event.on.month - 1) // 3),
            "turn": event.turn,
            "channel": event.channel,
            "detail": event.detail,
            "outcome": sentence.outcome,
            "route": sentence.route,
            "rule_set": event.rule_set,
            "region_code": place.region_code,
            "police_area": place.police_area,
            "court_code": (sentence.court_code or "")[:5],
            **self._of_victim(event),
            **(self._duty(event, is_first) if event.duty else {}),
        }

    def _of_victim(self, event: Event) -> dict[str, Any]:
        if event.victim_id is None:
            return {}
        victim, language = self.victims[event.victim_id]
        return {"victim_kind": victim.standing, "language": language}

    def _duty(self, event: Event, is_first: bool) -> dict[str, Any]:
        due = event.due or (self._met(event) if is_first else None)
        if due is None:
            return {}
        sentenced_on = self.sentences[event.sentence_id].sentenced_on
        rows = [one for one in DUTIES if one.duty == event.duty and one.applies(sentenced_on)]
        return {
            "duty": event.duty,
            "due_day": (due.on - sentenced_on).days,
            "late_by_working_days": due.late_by,
            "confidence": rows[0].confidence if rows else "",
        }

    def _met(self, event: Event) -> Due | None:
        """Return by when what an event meets was due; None where nothing was owed."""
        referral = self.referrals[event.sentence_id]
        of_all = self.due.get((referral.id, None, event.duty))
        due_on = self.due.get((referral.id, event.victim_id, event.duty), of_all)
        if due_on is None:
            return None
        return Due(due_on, working_days_between(due_on, event.on) if event.on > due_on else 0)


def _counted(events: Iterable[str]) -> dict[str, int | str]:
    """Count the rows of each kind; small counts are withheld, also from whoever subtracts."""
    counts = {("event", name): count for name, count in Counter(events).items()}
    numbers = counts | {_ALL: sum(counts.values())}
    hidden = withhold(numbers, [Tie((_ALL,), tuple(counts))])
    return {
        name: WITHHELD if (axis, name) in hidden else count
        for (axis, name), count in sorted(counts.items())
    }


def earlier_extracts(session: Session, asked: ExtractAsked) -> list[dict[str, str]]:
    """Return which other extracts of overlapping periods were written before this one first was."""
    query = select(AuditEntry).where(AuditEntry.event == WRITTEN).order_by(col(AuditEntry.seq))
    found: dict[tuple[str, str], dict[str, str]] = {}
    for entry in session.exec(query):
        if (entry.subject, entry.detail) == (asked.subject, asked.review):
            break
        from_on, _, to_on = entry.subject.partition("..")
        if from_on <= asked.to_on.isoformat() and asked.from_on.isoformat() <= to_on:
            told = {"from": from_on, "to": to_on, "review": entry.detail}
            found[entry.subject, entry.detail] = told
    return list(found.values())


def _dictionary() -> str:
    return (files("vcs.measures") / "extract" / "dictionary.csv").read_text(encoding="utf-8")


def _columns() -> tuple[str, ...]:
    return tuple(row["column"] for row in csv.DictReader(io.StringIO(_dictionary())))


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode("utf-8")
