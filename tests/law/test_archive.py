"""What is kept of facts and decisions stays the same bytes when a fact is added later."""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, fields
from datetime import date

import pytest

from vcs.law import archive
from vcs.law.decision import Decision, OffenceDecision, Reason
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.terms import SentenceKind, Term

KEPT = (Decision, OffenceDecision, OffenceFacts, Reason, SentenceFacts, SentencingFacts, Term)


@dataclass(frozen=True)
class Grown(SentenceFacts):
    """Facts of a later program: one more fact than today's."""

    new_fact: str = ""


def test_a_fact_that_came_later_changes_nothing_of_what_was_kept_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = archive._ALWAYS_WRITTEN[SentenceFacts]
    monkeypatch.setitem(archive._ALWAYS_WRITTEN, Grown, first)
    today = archive.canonical(SentenceFacts(SentenceKind.IMPRISONMENT))
    assert "days_counted" not in json.loads(today)
    assert archive.canonical(Grown(SentenceKind.IMPRISONMENT)) == today
    said = json.loads(archive.canonical(Grown(SentenceKind.IMPRISONMENT, new_fact="said")))
    assert said["new_fact"] == "said"


@pytest.mark.parametrize("kind", [*KEPT, TransferDirection])
def test_what_the_first_version_wrote_is_still_there(kind: type) -> None:
    first = archive._ALWAYS_WRITTEN.get(kind, frozenset())
    assert first <= {one.name for one in fields(kind)}


@pytest.mark.parametrize("kind", KEPT)
def test_a_fact_that_came_later_has_a_default(kind: type) -> None:
    first = archive._ALWAYS_WRITTEN.get(kind, frozenset())
    required = {one.name for one in fields(kind) if one.default is MISSING}
    assert kind is Decision or required <= first


def test_facts_with_a_later_fact_are_read_back_as_they_were() -> None:
    facts = SentencingFacts(
        date(2026, 3, 20),
        "C01CE00",
        (
            OffenceFacts(
                1,
                "SX03001",
                sentences=(
                    SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(2),), days_counted=0),
                    SentenceFacts(SentenceKind.EXTENDED, custodial=Term(1), extension=Term(0, 12)),
                ),
            ),
        ),
        transfer=TransferDirection(),
    )
    assert archive.facts_from_json(archive.facts_json(facts)) == facts


def test_the_facts_of_longer_custody_add_nothing_where_none_is_stated() -> None:
    sentence = SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(2),))
    facts = SentencingFacts(date(2026, 3, 20), "C01CE00", (OffenceFacts(1, "SX03001"),))

    assert not {"custodial", "extension"} & json.loads(archive.canonical(sentence)).keys()
    assert "total_life" not in json.loads(archive.facts_json(facts))
