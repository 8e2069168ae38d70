"""What pages call lists of other systems, and how their lines end."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.intake.regions import region_named
from vcs.lists.answered.answering import EXPLANATIONS as EXPLANATIONS
from vcs.lists.answered.answering import LineAnswer
from vcs.lists.endings import Ends, Reason
from vcs.lists.reading.columns import Cell, ListKind
from vcs.tasks.records import TaskTopic

LISTS: Mapping[str, str] = {
    ListKind.PROBATION: "Probation’s cases",
    ListKind.PRISON: "Prisoners",
    ListKind.COURT: "Court register",
    ListKind.POLICE: "Police report",
}

WHOSE: Mapping[str, str] = {
    ListKind.PROBATION: "probation’s list",
    ListKind.PRISON: "the prisons’ list",
    ListKind.COURT: "the court register",
    ListKind.POLICE: "the police’s report",
}

ENDS: Mapping[str, str] = {
    Ends.MATCHED: "Matched",
    Ends.DIFFERS: "Differs",
    Ends.EXPLAINED: "Explained",
    Ends.TASK: "A task",
    Ends.CANNOT_TELL: "Cannot tell",
}

ENDING_REASONS: Mapping[str, str] = {
    Reason.SAME: "The same sentence",
    Reason.DAY_DIFFERS: "The day of sentence differs",
    Reason.SENTENCE_DIFFERS: "What was imposed differs",
    Reason.TERM_DIFFERS: "The length differs",
    Reason.BIRTH_DIFFERS: "The date of birth differs",
    Reason.OFFENCE_DIFFERS: "An offence of this person and day that we do not hold",
    Reason.COUNTS_DIFFER: "More counts of this person and day than we hold",
    Reason.PERSON_UNSURE: "May be the same person",
    Reason.CASE_UNSURE: "The same person, perhaps for another sentence",
    Reason.NUMBER_OF_ANOTHER: "The number is ours, and the name or date of birth does not fit it",
    Reason.NOT_READ: "The row cannot be read",
    Reason.NO_SENTENCE: "A blank row or a total",
    Reason.RESTRICTED: "A restricted record",
    Reason.REMANDED: "On remand: nothing was sentenced",
    Reason.NOT_SENTENCED: "Convicted and not sentenced yet",
    Reason.RECALLED: "Recalled on an earlier sentence",
    Reason.NOT_THIS_SCHEME: "Held for a fine, by a civil court or for immigration",
    Reason.FROM_ABROAD: "Sentenced abroad",
    Reason.DIED: "The person has died",
    Reason.NOT_ELIGIBLE: "A sentence we do not hold, and no contact is owed",
    Reason.ELIGIBLE_UNKNOWN_TO_US: "Eligible, and a sentence we do not hold",
    Reason.DISCRETIONARY_UNKNOWN_TO_US: "At a manager’s discretion, and a sentence we do not hold",
    Reason.UNDECIDED_UNKNOWN_TO_US: "A sentence we do not hold; the list does not say enough",
    Reason.OURS_HOSPITAL: "A hospital order: this list does not hold it",
    Reason.OURS_NOT_CUSTODY: "Not custody: this list does not hold it",
    Reason.OURS_NOT_ELIGIBLE: "Not eligible: counted, not chased",
    Reason.OURS_RECENT: "Sentenced just before the list was drawn",
    Reason.OURS_RELEASED: "Released on the day of sentence, and not in the list",
    Reason.OURS_MISSING: "Not in the list after ten working days",
    Reason.BY_PERSON: "Explained by a person",
}

LINE_ANSWERS: Mapping[str, str] = {
    LineAnswer.SAME: "It is a sentence that we hold: join them",
    LineAnswer.NOT_SAME: "It is another sentence or another person: keep them apart",
    LineAnswer.EXPLAINED: "Nothing more is owed about it, for the reason below",
    LineAnswer.ACTED: "Have it entered by hand, so that it is decided and referred as any other",
}

LINE_ANSWERS_SAID: Mapping[str, str] = {
    LineAnswer.SAME: "It is a sentence that we hold",
    LineAnswer.NOT_SAME: "It is another sentence or another person",
    LineAnswer.EXPLAINED: "Nothing more is owed about it",
    LineAnswer.ACTED: "It is to be entered by hand",
}

LINE_TOPICS: Mapping[str, str] = {
    TaskTopic.UNKNOWN_TO_US: "Contact is owed, and nobody told us of the sentence",
    TaskTopic.UNKNOWN_UNDECIDED: "A sentence that nobody told us of",
    TaskTopic.LIST_DIFFERS: "A list differs from what we hold",
    TaskTopic.LIST_UNSURE: "A row that may be about a sentence of ours",
    TaskTopic.LIST_LACKS: "A list lacks a sentence of ours",
}

_CELLS: Mapping[str, str] = {
    Cell.BORN_ON: "Date of birth",
    Cell.PNC: "PNC number",
    Cell.CRO: "CRO number",
    Cell.NOMS: "Prison number",
    Cell.CRN: "Probation case number",
    Cell.URN: "Case reference (URN)",
    Cell.ASN: "Arrest summons number",
    Cell.SENTENCED_ON: "Day of sentence",
    Cell.CONVICTED_ON: "Day of conviction",
    Cell.AMENDED_ON: "Day of amendment",
    Cell.HOME_OFFICE_CODE: "Offence (Home Office code)",
    Cell.OFFENCE_CODE: "Offence (CJS code)",
    Cell.RECEIVED_ON: "Day of reception",
    Cell.MOVED_ON: "Day of last movement",
}


def cell_called(cell: str) -> str:
    """Return what people call what a cell tells."""
    words = cell.replace("_", " ")
    return _CELLS.get(cell) or words[:1].upper() + words[1:]


def owner_of_question(region_code: str | None) -> str:
    """Return who answers a question about a line: administrators where no region does."""
    region = region_named(region_code) if region_code else None
    return f"Managers, {region.name}" if region else "Administrators: no court places it yet"
