"""One SPI result: what was imposed, how long, and how it runs.

SPI states a code, a free text, up to four qualifiers and a duration; it has no label. Free text
may raise a doubt about what the code says, and may name a graver sentence; it never settles alone
that there was none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vcs.intake import longer
from vcs.intake.durations import extended, for_life, lengths
from vcs.intake.results import activated, kinds, result_tables, wording
from vcs.intake.results.learned import Learned, Meanings, meaning_of
from vcs.intake.results.result_tables import FREE_TEXT, UNCLEAR, Kind
from vcs.intake.spi import in_default
from vcs.intake.spi.fields import each, number, only, text
from vcs.intake.spi.tree import Node
from vcs.law.facts import SentenceFacts
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind, Sequence, Term

_LAST_CODE = 9999

_LEAD = re.compile(r"[^.;]{0,200}?(?=[.;]|\b(?:because|reasons?|due to|for breach)\b|$)", re.I)

_LEAD_LENGTH = 200

_FOR_LIFE = re.compile(r"\bfor life\b|\blife (?:imprisonment|sentence|custody|detention)", re.I)

_SUSPENDED = re.compile(r"suspend", re.I)

_AT_ONCE = re.compile(r"\bforthwith\b|\bimmediate(?:ly)? (?:custod|imprison)", re.I)

_PRONOUNCED = re.compile(
    r"(?:\w{2,10} - )?(?:the )?(?:defendant |offender )?(?:is |was )?(?:"
    r"committed to (?:prison|detention|custody)|(?:sentenced to )?imprisonment (?:for|of)|"
    r"sentenced to (?:prison|custody|detention)|detained (?:for|in))\b",
    re.I,
)

_IN_DEFAULT = re.compile(r"\bdefault\b", re.I)

_TOTAL = re.compile(r"(?:\w{2,10} - )?(?:total|overall)\b", re.I)

_CONSECUTIVE, _CONCURRENT = re.compile(r"\bconsecutive", re.I), re.compile(r"\bconcurrent", re.I)

_NOT_JOINED = re.compile(r"\bnot (?:to be )?(?:concurrent|consecutive)", re.I)

_PLAIN = (
    SentenceKind.IMPRISONMENT,
    SentenceKind.YOI_DETENTION,
    SentenceKind.SECTION_250_DETENTION,
    SentenceKind.DETENTION_AND_TRAINING,
)


@dataclass(frozen=True, slots=True)
class Result:
    """One result as stated. ``code`` is empty when none is stated, or none that can be one."""

    kind: Kind
    code: str
    words: str
    qualifiers: tuple[str, ...]
    duration: Node
    uncoded: bool
    learned: Learned | None = None


def mark_learned(message: Node, meanings: Meanings) -> None:
    """Mark, in place, each result of a message whose code has a meaning that was learned."""
    waiting = [message]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.name == "Result":
            node.learned = meaning_of(text(node, "ResultCode"), meanings)


def result_of(node: Node) -> Result:
    """Read one result. Raises Unreadable where a part that belongs once stands twice."""
    stated = text(node, "ResultCode")
    code = number(node, "ResultCode", _LAST_CODE)
    marks = tuple(q.text.upper() for q in each(node, "ResultCodeQualifier") if q.text)
    read = Result(
        kind=SentenceKind.UNKNOWN,
        code="" if code is None else str(code),
        words=text(node, "ResultText"),
        qualifiers=marks,
        duration=only(only(node, "Outcome"), "Duration"),
        uncoded=not stated or str(code) == kinds.UNCODED,
        learned=node.learned,
    )
    return replace(read, kind=_kind_of(read))


def _kind_of(result: Result) -> Kind:
    if result.uncoded:
        return _by_text_alone(result)
    base = result_tables.BY_CJS_CODE.get(result.code)
    if result.learned:
        base = result.learned.kind
    if base is None:
        said = wording.read(result.words)
        return SentenceKind.UNKNOWN if said == UNCLEAR else said
    if not isinstance(base, SentenceKind) or base not in kinds.REFINES:
        told = kinds.by_short_code(result.words)
        return kinds.doubted(kinds.defined_further(result.code, base, told), result.words)
    if in_default.QUALIFIER in result.qualifiers and base in IMMEDIATE_CUSTODY:
        marks, pairs = result.qualifiers, _pairs(result)
        kind: Kind = in_default.read(base, result.words, marks, pairs)
    else:
        kind = _refined(result, base)
    if _in_doubt(result, kind):
        return SentenceKind.UNKNOWN
    return kinds.doubted(kind, result.words)


def _refined(result: Result, base: SentenceKind) -> Kind:
    """Refine a sentence by its text and qualifiers; what they both say needs no question."""
    named = activated.named(base, _lead(result.words), _by_lead(result.words, result.code))
    marks = _marks(result)
    defined = kinds.by_short_code(result.words)
    if activated.is_of((base, named, defined[1] if defined else None)):
        marks = activated.without_suspension(marks)
    elif named is SentenceKind.SUSPENDED and "S" in marks:
        named = None
    kind = kinds.refined(base, named, marks, kinds.defined_as(result.code, defined))
    if not isinstance(kind, SentenceKind):
        return kind
    return extended.refined(kind, result.words, {}, marks)


def _marks(result: Result) -> tuple[str, ...]:
    """Return the qualifiers, with an extended licence period as what makes a sentence extended."""
    return tuple("AF" if mark == "EF" else mark for mark in result.qualifiers)


def _by_text_alone(result: Result) -> Kind:
    """Decide without a code: by the definition that opens the text, else by its words."""
    defined = kinds.by_short_code(result.words)
    if defined and defined[1] != FREE_TEXT:
        return kinds.doubted(defined[1], result.words)
    said = wording.read(kinds.free_text_of(result.words) if defined else result.words)
    if said is SentenceKind.UNKNOWN:
        named = _by_lead(result.words)
        return named if named and named in IMMEDIATE_CUSTODY else said
    return SentenceKind.UNKNOWN if said == UNCLEAR and _pairs(result)[0] else said


def _lead(words: str) -> str:
    """Return what the text opens with, before it gives reasons or goes on to something else."""
    found = _LEAD.match(words[: _LEAD_LENGTH + 1])
    return found.group() if found else words[:_LEAD_LENGTH]


def _by_lead(words: str, code: str = "") -> SentenceKind | None:
    """Return the kind that the text opens with, where it is one imposed here.

    "Risk to life" names no life sentence, and "consecutive to an extended sentence" no such one.
    """
    lead = _lead(words)
    named = kinds.named_beside(code, lead)
    if named is SentenceKind.LIFE and not _FOR_LIFE.search(lead):
        return None
    if named is SentenceKind.EXTENDED and not longer.in_words(lead):
        return None
    return named


def _in_doubt(result: Result, kind: Kind) -> bool:
    """Say whether text or duration speak of custody that the kind is not, or the other way."""
    if kind in _PLAIN:
        return _has_an_operational_period(result)
    if kind in IMMEDIATE_CUSTODY:
        return False
    lead = _lead(result.words)
    if _IN_DEFAULT.search(lead):
        return False
    if _AT_ONCE.search(lead) and kinds.CUSTODY_WORDS.search(lead):
        return True
    return bool(_PRONOUNCED.match(lead)) and not _is_said_suspended(result)


def _is_said_suspended(result: Result) -> bool:
    """Say whether anything but the code states a suspension."""
    marked = "S" in result.qualifiers or bool(_SUSPENDED.search(result.words))
    return marked or bool(_pairs(result)[1])


def _has_an_operational_period(result: Result) -> bool:
    """Say whether a second duration follows that cannot be the rest of the term's own length."""
    first, second = _pairs(result)
    return bool(first and second and not lengths.finer(second, first))


def _pairs(result: Result) -> tuple[Term | None, Term | None]:
    stated = result.duration
    return (
        lengths.of_unit(text(stated, "DurationValue"), text(stated, "DurationUnit")),
        lengths.of_unit(
            text(stated, "SecondaryDurationValue"), text(stated, "SecondaryDurationUnit")
        ),
    )


def sentence_of(result: Result, kind: SentenceKind) -> SentenceFacts:
    """Return the facts of a result that is a sentence."""
    custodial, extension = extended.parts_of(kind, {}, result.words)
    return SentenceFacts(
        kind=kind,
        label=result_tables.TITLES.get(result.code, ""),
        result_code=result.code or None,
        terms=_terms(result) if kinds.has_a_term(kind) else (),
        sequence=_sequence(result),
        life=kind in IMMEDIATE_CUSTODY and _for_life(result),
        custodial=custodial,
        extension=extension,
    )


def _for_life(result: Result) -> bool:
    unit = text(result.duration, "DurationUnit").upper()
    return unit.startswith("L") or for_life.is_pronounced(result.words)


def length_of(result: Result) -> Term | None:
    """Return the first length that a result states, of whatever it is; None where it has none."""
    return next(iter(_terms(result)), None)


def _terms(result: Result) -> tuple[Term, ...]:
    """Return every length stated for this very term; number and text may give several."""
    if lengths.is_reduced(result.words):
        return ()
    spoken = lengths.of_sentence(result.words)
    return lengths.distinct([*lengths.of_pairs(_pairs(result), spoken), spoken])


def _sequence(result: Result) -> Sequence:
    words = "" if _NOT_JOINED.search(result.words) else result.words
    return kinds.sequence(
        consecutive="F" in result.qualifiers or bool(_CONSECUTIVE.search(words)),
        concurrent="C" in result.qualifiers or bool(_CONCURRENT.search(words)),
    )


def total_of(result: Result) -> Term | None:
    """Return the total that a result states for the whole sentence, if any."""
    if not _TOTAL.match(result.words) or _SUSPENDED.search(result.words):
        return None
    return lengths.of_total(result.words)
