"""SPI elements that are not known: where what should be there is not, they may hide a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from vcs.intake.spi.tree import Node, local, walk
from vcs.intake.values.problems import Problems, joined, shown

_KNOWN: dict[str, frozenset[str]] = {
    name: frozenset(inside.split())
    for name, inside in (
        ("ResultedCaseMessage", "Session"),
        ("Session", "CourtHearing Case"),
        ("Case", "PTIURN Defendant"),
        (
            "Defendant",
            "ProsecutorReference CourtIndividualDefendant CourtCorporateDefendant Offence",
        ),
        (
            "Offence",
            "BaseOffenceDetails InitiatedDate Plea ModeOfTrial FinalDisposalIndicator "
            "ConvictionDate ConvictingCourt Finding Result",
        ),
        ("Result", "ResultCode ResultText ResultCodeQualifier NextHearing Outcome"),
        ("Outcome", "PenaltyPoints ResultAmountSterling Duration"),
        (
            "Duration",
            "DurationValue DurationUnit SecondaryDurationValue SecondaryDurationUnit "
            "DurationStartDate DurationEndDate",
        ),
    )
}
"""What may be in each element on the way to a length, by the schema."""
_HOLDS = {
    "Session": "Case",
    "Case": "Defendant",
    "Defendant": "Offence",
    "Offence": "Result",
    "Result": "ResultCode",
    "Outcome": "Duration",
    "Duration": "DurationValue",
}
"""What an element should have: where it is not there, an unknown one may be it."""
_NEVER_BLANK = ("Case", "Defendant", "Offence", "Result")
_MAY_SENTENCE = frozenset(
    {"case", "defendant", "offence", "baseoffencedetails", "offencecode", "finding"}
    | {"result", "resultcode", "resulttext", "resultcodequalifier", "outcome", "duration"}
    | {"durationvalue", "durationunit", "secondarydurationvalue", "secondarydurationunit"}
)


def note_around_cases(message: Node, problems: Problems) -> None:
    """Look at what is around the cases of a message."""
    _look_at(message, shown(local(message)), problems)
    for session in _named(message, "Session"):
        _look_at(session, "Session", problems)


def note_in_case(case: Node, at: str, problems: Problems) -> None:
    """Look at everything in a case on the way to the lengths of its sentences."""
    waiting = [(case, at)]
    while waiting:
        node, path = waiting.pop()
        _look_at(node, path, problems)
        waiting += [
            (child, f"{path}.{child.name}") for child in node.children if child.name in _KNOWN
        ]


def _look_at(node: Node, path: str, problems: Problems) -> None:
    if node.name in _NEVER_BLANK and not node.children:
        problems.add(f"“{path}” is blank.")
        return
    unknown = [child for child in node.children if child.name not in _KNOWN[node.name]]
    held = _HOLDS.get(node.name)
    if held and not any(_named(node, held)):
        names = joined(local(one) for one in unknown)
        if unknown:
            problems.add(f"“{path}” has no “{held}”, and elements that are not known: {names}.")
        return
    for child in unknown:
        if any(local(one).lower() in _MAY_SENTENCE and _is_full(one) for one in walk(child)):
            name = shown(local(child))
            problems.add(f"“{path}.{name}” may hold a sentence, and is not an element of SPI.")


def _named(node: Node, name: str) -> Iterator[Node]:
    return (child for child in node.children if child.name == name)


def _is_full(node: Node) -> bool:
    return bool(node.children or node.text)
