"""Which column of each list holds what. A mapping of one's own stands over these.

Source: the column names of the systems' own code, as the README of ``vcs/lists`` cites them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from vcs.errors import NotValid


class ListKind(StrEnum):
    """Whose list it is."""

    PROBATION = "probation"
    PRISON = "prison"
    COURT = "court"
    POLICE = "police"


class Cell(StrEnum):
    """What a cell may tell."""

    SURNAME = "surname"
    FORENAME = "forename"
    SECOND_NAME = "second_name"
    WHOLE_NAME = "whole_name"
    FORMER_SURNAME = "former_surname"
    ALIASES = "aliases"
    BORN_ON = "born_on"
    PNC = "pnc"
    CRO = "cro"
    NOMS = "noms"
    CRN = "crn"
    URN = "urn"
    ASN = "asn"
    POSTCODE = "postcode"
    COURT = "court"
    COURT_CODE = "court_code"
    SENTENCED_ON = "sentenced_on"
    CONVICTED_ON = "convicted_on"
    AMENDED_ON = "amended_on"
    OFFENCE_CODE = "offence_code"
    HOME_OFFICE_CODE = "home_office_code"
    OFFENCE_TITLE = "offence_title"
    SENTENCE_TYPE = "sentence_type"
    SENTENCE_WORDS = "sentence_words"
    RESULT_CODE = "result_code"
    LENGTH = "length"
    LENGTH_UNIT = "length_unit"
    LEGAL_STATUS = "legal_status"
    RECALLED = "recalled"
    MOVED_HOW = "moved_how"
    MOVED_WHY = "moved_why"
    MOVED_ON = "moved_on"
    RECEIVED_ON = "received_on"
    RESTRICTED = "restricted"


DAYS: Final = frozenset(cell for cell in Cell if cell.endswith("_on"))

_C = Cell

_KNOWN: Final[Mapping[ListKind, Mapping[Cell, tuple[str, ...]]]] = {
    ListKind.PROBATION: {
        _C.SURNAME: ("SURNAME", "LAST_NAME"),
        _C.FORENAME: ("FIRST_NAME", "FORENAME", "FORENAMES"),
        _C.SECOND_NAME: ("SECOND_NAME", "MIDDLE_NAME"),
        _C.FORMER_SURNAME: ("PREVIOUS_SURNAME",),
        _C.BORN_ON: ("DATE_OF_BIRTH_DATE", "DATE_OF_BIRTH", "DOB"),
        _C.PNC: ("PNC_NUMBER", "PNC"),
        _C.CRO: ("CRO_NUMBER", "CRO"),
        _C.NOMS: ("NOMS_NUMBER", "NOMIS_NUMBER"),
        _C.CRN: ("CRN",),
        _C.CONVICTED_ON: ("CONVICTION_DATE",),
        _C.SENTENCED_ON: ("DISPOSAL_DATE", "SENTENCE_DATE"),
        _C.SENTENCE_WORDS: ("DISPOSAL_TYPE", "R_DISPOSAL_TYPE"),
        _C.SENTENCE_TYPE: ("SENTENCE_TYPE",),
        _C.LENGTH: ("ENTRY_LENGTH", "LENGTH"),
        _C.LENGTH_UNIT: ("ENTRY_LENGTH_UNITS", "ENTRY_LENGTH_UNIT", "LENGTH_UNITS"),
        _C.HOME_OFFICE_CODE: ("OFFENCE_CODE", "HOME_OFFICE_CODE"),
        _C.OFFENCE_CODE: ("CJS_OFFENCE_CODE",),
        _C.OFFENCE_TITLE: ("OFFENCE", "OFFENCE_DESCRIPTION"),
        _C.COURT: ("COURT", "COURT_NAME"),
        _C.RESTRICTED: ("CURRENT_RESTRICTION",),
    },
    ListKind.PRISON: {
        _C.SURNAME: ("lastName",),
        _C.FORENAME: ("firstName",),
        _C.SECOND_NAME: ("middleNames", "middleName"),
        _C.ALIASES: ("aliases",),
        _C.BORN_ON: ("dateOfBirth",),
        _C.PNC: ("pncNumber",),
        _C.CRO: ("croNumber",),
        _C.NOMS: ("prisonerNumber", "nomsNumber", "offenderNo"),
        _C.LEGAL_STATUS: ("legalStatus",),
        _C.RECALLED: ("recall",),
        _C.SENTENCED_ON: ("sentenceStartDate",),
        _C.RECEIVED_ON: ("receptionDate",),
        _C.MOVED_HOW: ("lastMovementTypeCode",),
        _C.MOVED_WHY: ("lastMovementReasonCode",),
        _C.MOVED_ON: ("lastMovementDate",),
        _C.OFFENCE_CODE: ("offenceCode",),
        _C.SENTENCE_WORDS: ("imprisonmentStatusDescription",),
    },
    ListKind.COURT: {
        _C.URN: ("caseURN", "prosecutionCaseURN"),
        _C.ASN: ("prosecutionAuthorityReference", "arrestSummonsNumber"),
        _C.COURT_CODE: ("courtCentreCode",),
        _C.COURT: ("courtCentreName",),
        _C.SENTENCED_ON: ("orderedDate", "hearingDay"),
        _C.PNC: ("pncId",),
        _C.CRO: ("croNumber",),
        _C.SURNAME: ("lastName",),
        _C.FORENAME: ("firstName",),
        _C.SECOND_NAME: ("middleName",),
        _C.BORN_ON: ("dateOfBirth",),
        _C.OFFENCE_CODE: ("offenceCode",),
        _C.OFFENCE_TITLE: ("offenceTitle",),
        _C.CONVICTED_ON: ("convictionDate",),
        _C.RESULT_CODE: ("cjsCode",),
        _C.SENTENCE_WORDS: ("label",),
        _C.LENGTH: ("primaryDurationValue",),
        _C.LENGTH_UNIT: ("primaryDurationUnit",),
        _C.AMENDED_ON: ("amendmentDate",),
    },
    ListKind.POLICE: {
        _C.ASN: ("asn",),
        _C.URN: ("ptiurn", "urn"),
        _C.WHOLE_NAME: ("defendantName",),
        _C.BORN_ON: ("dateOfBirth",),
        _C.COURT: ("courtName",),
        _C.SENTENCED_ON: ("hearingDate",),
        _C.OFFENCE_TITLE: ("offenceTitle",),
        _C.SENTENCE_WORDS: ("outcome",),
    },
}

_NEEDED: Final = ((_C.SURNAME, _C.WHOLE_NAME), (_C.SENTENCED_ON,))

_WORDS: Final = {_C.SURNAME: "surname", _C.SENTENCED_ON: "day of sentence"}

Mapped = Mapping[Cell, str]


def mapped(kind: ListKind, columns: tuple[str, ...], own: Mapped | None = None) -> Mapped:
    """Return which column of a file holds what. Raises NotValid naming what no column holds."""
    both = known_columns(kind, columns, own)
    if missing := [one[0] for one in _NEEDED if not any(cell in both for cell in one)]:
        raise NotValid(_asked(kind, missing, columns))
    if twice := _twice(columns, both):
        raise NotValid(
            f"Two columns of this list are called {twice}, and one of them may hold something "
            "else. Give each a name of its own, or leave one out, and try again."
        )
    return both


def needed_of(found: Mapped) -> frozenset[str]:
    """Return the columns without which a line tells of no sentence: who, and when."""
    return frozenset(
        found[next(cell for cell in cells if cell in found)]
        for cells in _NEEDED
        if any(cell in found for cell in cells)
    )


def _twice(columns: tuple[str, ...], both: Mapped) -> str:
    """Return a column that is read and whose name another one has; "" for none."""
    names = Counter(_plain(column) for column in columns)
    return next((column for column in both.values() if names[_plain(column)] > 1), "")


def known_columns(kind: ListKind, columns: tuple[str, ...], own: Mapped | None = None) -> Mapped:
    """Return which column of a file is known to hold what, whatever is missing.

    A column that somebody named for one thing is read as no other.
    """
    given = {_plain(column): column for column in columns}
    found = {
        cell: given[_plain(name)]
        for cell, names in reversed(tuple(_KNOWN[kind].items()))
        for name in reversed(names)
        if _plain(name) in given
    }
    chosen = {cell: column for cell, column in (own or {}).items() if column in columns}
    left = {cell: column for cell, column in found.items() if column not in chosen.values()}
    return {**left, **chosen}


def _asked(kind: ListKind, missing: list[Cell], columns: tuple[str, ...]) -> str:
    wanted = " and the ".join(_WORDS[cell] for cell in missing)
    named = ", ".join(column for column in columns if column)[:300]
    example = f"{missing[0]}=COLUMN"
    return (
        f"No column of this {kind} list is known to hold the {wanted}. Say which one does with "
        f"--column {example}. Its columns are: {named}."
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
