"""The kinds of value in a request: written out, bounded, and never guessed from another kind."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from vcs.intake.values.days import EARLIEST, LATEST

_LINES = {"\n", "\t"}
_TURNS = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}


class Asked(BaseModel):
    """Base of every part of a request: nothing unknown, nothing turned from one type to another."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, allow_inf_nan=False
    )


def _clean(text: str) -> str:
    """Return text in one Unicode form without outer space; refuses what no form would take.

    Signs that turn the reading direction could make one address look like another.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    for character in text:
        if character not in _LINES and unicodedata.category(character) in {"Cc", "Cs"}:
            raise ValueError("text without control characters")
        if unicodedata.bidirectional(character) in _TURNS:
            raise ValueError("text without signs that turn the reading direction")
    return text


def _one_line(text: str) -> str:
    if _LINES & set(text):
        raise ValueError("text of one line")
    return text


def _plausible(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"a date between {EARLIEST.year} and {LATEST.year}")
    return day


def _written(value: object) -> object:
    """Take a date written out only: a bare number would be read as seconds since 1970."""
    try:
        if isinstance(value, str) and len(value) == len("YYYY-MM-DD"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError("a date in the form YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_written), AfterValidator(_plausible)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_clean), AfterValidator(_one_line)]
Words = Annotated[str, Field(max_length=2000), AfterValidator(_clean)]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:~-]{1,100}$")]
Reference = Annotated[str, Field(pattern=r"^VCS-[0-9A-Z]{4}-[0-9A-Z]{4}$")]
Receipt = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{10,40}$")]
# Dashes and spaces of every kind: references are copied from letters and web pages.
_IN_A_CASE = r"A-Za-z0-9 ./\\_:\u2010-\u2015\u2212\u00a0-"
CaseReference = Annotated[str, Field(pattern=rf"^[A-Za-z0-9][{_IN_A_CASE}]{{3,39}}$")]
