"""Keep a run, all or none: how each line ended, what is asked, the numbers it taught."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from sqlalchemy import insert
from sqlmodel import Session, col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.database import insert_once
from vcs.intake.person_numbers import Number
from vcs.law.rule_sets import in_force_on
from vcs.ledger.records import LedgerProof
from vcs.lists.asked.arrived import look_again_since
from vcs.lists.asked.line_tasks import ask_about
from vcs.lists.asked.lines_released import ask_about_released
from vcs.lists.asked.overtaken import end_overtaken
from vcs.lists.asked.questions import region_of
from vcs.lists.digests import newest
from vcs.lists.endings import Ends, Reason
from vcs.lists.matches.held import HeldSentence
from vcs.lists.prepare import Prepared
from vcs.lists.reconcile import Ended, Reconciled
from vcs.lists.records import ListLine, ListMapping, ListRun, SentenceNumber
from vcs.lists.sealed_lines import KeptLine
from vcs.sentences.history.current import OWED
from vcs.tables import free_reference, table_of

_LINES, _NUMBERS = table_of(ListLine), table_of(SentenceNumber)

_AT_A_TIME: Final = 2000

_OWED: Final = frozenset(OWED)

_OUTSIDE: Final = frozenset({Reason.OURS_HOSPITAL, Reason.OURS_NOT_CUSTODY})


def keep_run(work: Work, found: Reconciled) -> ListRun:
    """Keep a list that was matched. The same list again opens no question twice, and loses none."""
    work.require_may(Act.RECONCILE)
    end_overtaken(work, found)
    tasks = ask_about(work, found)
    by_region = _covered(found, tasks)
    in_both, in_either = map(sum, zip(*by_region.values(), strict=True)) if by_region else (0, 0)
    asked = found.ready.asked
    run = ListRun(
        reference=free_reference(work.session, ListRun),
        kind=asked.kind,
        source=asked.source,
        file_hash=found.file_hash,
        drawn_on=found.coverage.drawn_on,
        drawn_by=asked.drawn_by,
        since=found.coverage.since,
        until=found.coverage.until,
        period_said=asked.covers.is_said,
        courts=_courts(found),
        lines=found.lines,
        in_both=in_both,
        in_either=in_either,
        by_region=json.dumps(by_region, sort_keys=True),
        rule_set=in_force_on(work.today).id,
        proof_id=_newest_proof(work.session),
        run_at=work.now,
        run_by=work.actor.who,
        account_id=work.actor.account_id or None,
    )
    work.session.add(run)
    work.session.flush()
    _keep_lines(work, run, found, tasks)
    _keep_numbers(work, run, found)
    _keep_mapping(work, found.ready)
    ask_about_released(work, run)
    look_again_since(work.session, found.decided_until)
    work.note("list.reconciled", run.reference, asked.kind)
    return run


def _covered(found: Reconciled, tasks: Mapping[int, int]) -> dict[str, tuple[int, int]]:
    """Count the sentences eligible in both, and in either, each once and in one region.

    What the list cannot hold by its nature, as a hospital order, is outside.
    """
    both: set[str] = set()
    either: dict[str, str] = {}
    for place, one in enumerate(found.ended):
        held, name = one.ending.held, f"task:{tasks.get(place)}"
        if held is None and one.ending.reason is Reason.ELIGIBLE_UNKNOWN_TO_US:
            either.setdefault(name, region_of(one) or "")
        elif held is not None and is_eligible(one) and one.ending.reason not in _OUTSIDE:
            either.setdefault(held.reference, held.region_code or "")
            is_in_list = one.line is not None and one.ending.ends_as is not Ends.CANNOT_TELL
            both |= {held.reference} if is_in_list and held.outcome in _OWED else set()
    all_of, of_both = Counter(either.values()), Counter(either[one] for one in both)
    return {region: (of_both[region], count) for region, count in all_of.items()}


def is_eligible(one: Ended) -> bool:
    """Say whether the law owes contact to a victim of a sentence, on either side."""
    held = one.ending.held
    return one.ending.outcome in _OWED or (held is not None and held.outcome in _OWED)


def _courts(found: Reconciled) -> str | None:
    courts = found.coverage.courts
    return None if courts is None else json.dumps(sorted(courts))


def _newest_proof(session: Session) -> int | None:
    return session.exec(select(LedgerProof.id).order_by(col(LedgerProof.id).desc())).first()


def _keep_lines(work: Work, run: ListRun, found: Reconciled, tasks: Mapping[int, int]) -> None:
    rows = _line_rows(work, run, found, tasks)
    while some := list(islice(rows, _AT_A_TIME)):
        work.session.execute(insert(_LINES), some)


def _line_rows(
    work: Work, run: ListRun, found: Reconciled, tasks: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    cells = _cells(found)
    for place, one in enumerate(found.ended):
        ending = one.ending
        yield {
            "run_id": run.id,
            "row": ending.row,
            "digest": newest(work.sealer, one.text),
            "ends_as": str(ending.ends_as),
            "reason": str(ending.reason),
            "rule": str(ending.rule),
            "weight": ending.weight,
            "outcome": str(ending.outcome) if ending.outcome else None,
            "eligible": is_eligible(one),
            "released_that_day": bool(one.line and one.line.was_released_that_day),
            "region_code": region_of(one),
            "sentence_id": ending.held.sentence_id if ending.held else None,
            "task_id": tasks.get(place),
            "sealed": _sealed(work, one, found, next(cells) if one.line else {}),
        }


def _cells(found: Reconciled) -> Iterator[Mapping[str, str]]:
    """Read the list once more, for what its columns say of each line."""
    columns = found.ready.columns
    for row in found.ready.file.rows:
        yield (
            row.cells
            if row.refused
            else {str(cell): row.cells.get(column, "") for cell, column in columns.items()}
        )


def _sealed(work: Work, one: Ended, found: Reconciled, cells: Mapping[str, str]) -> bytes | None:
    """Seal what a line says where somebody may have to look at it; of a match the tie is enough."""
    if one.ending.ends_as is Ends.MATCHED:
        return None
    row, refused = one.ending.row or 0, one.line.refused if one.line else ""
    kept = KeptLine(row, cells, one.ending.why, refused, found.ready.order)
    return work.sealer.seal_json(kept.as_json())


def _keep_numbers(work: Work, run: ListRun, found: Reconciled) -> None:
    """Keep the numbers of each person that the list told, for later lists."""
    rows = [
        {"sentence_id": held.sentence_id, "mark": mark, "kind": str(kind), "run_id": run.id}
        for held, kind, mark in _taught(found)
    ]
    for at in range(0, len(rows), _AT_A_TIME):
        once = insert_once(work.session, _NUMBERS, "sentence_id", "mark")
        work.session.execute(once, rows[at : at + _AT_A_TIME])


def _taught(found: Reconciled) -> Iterator[tuple[HeldSentence, Number, str]]:
    for one in found.ended:
        held, line = one.ending.held, one.line
        is_tied = one.ending.ends_as in {Ends.MATCHED, Ends.DIFFERS}
        if held is None or line is None or not is_tied:
            continue
        known = held.described.person
        for kind, mark in line.described.person.numbers.items():
            if not known.has(kind, mark):
                yield held, kind, mark


def _keep_mapping(work: Work, ready: Prepared) -> None:
    """Keep what was said of the source's columns and days, so that it is asked once."""
    asked = ready.asked
    if not asked.columns and asked.order is None:
        return
    query = select(ListMapping).where(
        ListMapping.kind == asked.kind, ListMapping.source == asked.source
    )
    held = work.session.exec(query).first()
    mapping = held or ListMapping(
        kind=asked.kind, source=asked.source, columns="{}", kept_at=work.now, kept_by=""
    )
    columns = json.loads(mapping.columns) | {str(one): name for one, name in asked.columns.items()}
    mapping.columns = json.dumps(columns, sort_keys=True)
    mapping.day_order = str(asked.order) if asked.order else mapping.day_order
    mapping.kept_at, mapping.kept_by = work.now, work.actor.who
    work.session.add(mapping)
