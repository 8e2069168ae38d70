"""People who were sentenced, and lines of another system's list that name them. Seeded.

Names are as common as names are; lines hold the mistakes of clerks and systems; what each line was
made from is known.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, product
from typing import Final

from faker.providers.person.en_GB import Provider

from vcs.intake import regions

_HEADING: Final = (
    *("CRN", "NOMS_NUMBER", "PNC_NUMBER", "CRO_NUMBER", "SURNAME", "FIRST_NAME"),
    *("DATE_OF_BIRTH_DATE", "DISPOSAL_DATE", "DISPOSAL_TYPE", "SENTENCE_TYPE", "ENTRY_LENGTH"),
    *("ENTRY_LENGTH_UNITS", "CJS_OFFENCE_CODE", "COURT"),
)

_LAST_DAY: Final = date(2026, 11, 9)

_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"

_COURTS: Final = 80


@dataclass(frozen=True)
class Sentenced:
    """One sentence as it was: what both sides write of it, with or without mistakes."""

    surname: str
    forename: str
    born_on: date
    pnc: str
    cro: str
    sentenced_on: date
    court: str
    code: str
    months: int
    of_ours: int | None = None


def people(
    ids: Sequence[int], patterns: Sequence[tuple[str, int]], chance: random.Random
) -> list[Sentenced]:
    days = [_LAST_DAY - timedelta(days=n) for n in range(480)]
    working = [day for day in days if day.weekday() < 5]
    courts = [one.code for one in regions.courts() if one.code.startswith("C")][:_COURTS]
    found: list[Sentenced] = []
    for number, its_id in enumerate(ids):
        code, months = patterns[(its_id - 1) % len(patterns)]
        day, court = chance.choice(working), chance.choice(courts)
        who = _somebody(number, chance)
        if found and chance.random() < 0.02:
            who = replace(chance.choice(found))
        elif found and chance.random() < 0.002:
            who = _twin(found[-1], number, chance)
            day, court = found[-1].sentenced_on, found[-1].court
        found.append(
            replace(who, sentenced_on=day, court=court, code=code, months=months, of_ours=its_id)
        )
    return found


def _somebody(number: int, chance: random.Random) -> Sentenced:
    born = date(1956, 1, 1) + timedelta(days=int(chance.triangular(0, 18_200, 14_000)))
    pnc = _pnc(number, chance) if chance.random() < 0.9 else ""
    cro = _cro(number, chance) if chance.random() < 0.6 else ""
    nothing = date(2026, 1, 1)
    return Sentenced(_surname(chance), _forename(chance), born, pnc, cro, nothing, "", "", 0)


def _twin(one: Sentenced, number: int, chance: random.Random) -> Sentenced:
    pnc = _pnc(number, chance) if one.pnc else ""
    forename = f"{one.forename[:-1]}m" if chance.random() < 0.3 else _forename(chance)
    return replace(one, forename=forename, pnc=pnc, cro="")


_SURNAMES: Final = [str(name) for name in Provider.last_names]

_HOW_COMMON: Final = list(accumulate(Provider.last_names.values()))

_MEN: Final = [str(name) for name in Provider.first_names_male]

_WOMEN: Final = [str(name) for name in Provider.first_names_female]

_TAIL: Final = [
    "".join(one).capitalize()
    for one in product(
        ("bar", "cor", "den", "fal", "gil", "har", "kes", "lom", "mar", "nor", "pel", "tos"),
        ("", "bar", "cor", "den", "fal", "gil", "har", "kes", "lom", "mar", "nor", "pel", "tos"),
        ("by", "croft", "field", "ham", "ley", "man", "son", "ton", "well", "wick"),
    )
]


def _surname(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return chance.choices(_SURNAMES, cum_weights=_HOW_COMMON)[0]
    return chance.choice(_TAIL)


def _forename(chance: random.Random) -> str:
    female = chance.random() < 0.08
    return _often(_WOMEN if female else _MEN, chance)


def _often(names: Sequence[str], chance: random.Random) -> str:
    """Pick a name: one in front of the list comes more often, as names do."""
    return names[int(len(names) * chance.random() ** 2)]


def _pnc(number: int, chance: random.Random) -> str:
    year = chance.randint(80, 126) % 100
    serial = f"{year:02d}{number:07d}"
    century = 19 if year > 26 else 20
    return f"{century}{year:02d}/{number:07d}{_LETTERS[int(serial) % 23]}"


def _cro(number: int, chance: random.Random) -> str:
    year = chance.randint(80, 99)
    return f"{number:06d}/{year}{_LETTERS[int(f'{year}{number:06d}') % 23]}"


Line = Mapping[str, str]


def their_lines(
    ours: Sequence[Sentenced], numbers: float, chance: random.Random
) -> Iterator[tuple[Sentenced, Line]]:
    """Give each line in another order: 4 % of ours are lacking, 5 % are theirs alone."""
    listed = [one for one in ours if chance.random() >= 0.04]
    count = len(ours)
    for number in range(count, count + count // 20):
        some = chance.choice(ours)
        who = _somebody(number, chance)
        if chance.random() < 0.03:
            who = _twin(some, number, chance)
        listed.append(
            replace(
                who,
                sentenced_on=some.sentenced_on,
                court=some.court,
                code=some.code,
                months=some.months,
                of_ours=None,
            )
        )
    chance.shuffle(listed)
    for number, one in enumerate(listed[:count]):
        told = one if chance.random() < numbers else replace(one, pnc="", cro="")
        yield one, _line(number, told, chance)


def _line(number: int, one: Sentenced, chance: random.Random) -> Line:
    surname, forename, born = _as_typed(one, chance)
    day = one.sentenced_on
    if chance.random() < 0.01:
        day += timedelta(days=chance.choice((-3, -1, 1, 2, 7)))
    court = regions.court(one.court)
    return dict(
        zip(
            _HEADING,
            (
                f"Z{number:06d}"[-7:],
                "",
                one.pnc,
                one.cro,
                surname.upper(),
                forename.upper(),
                born,
                day.isoformat(),
                "CJA - Std Determinate Custody",
                "SC",
                str(one.months),
                "Months",
                one.code if chance.random() < 0.9 else "",
                court.name if court and chance.random() < 0.97 else "",
            ),
            strict=True,
        )
    )


def _as_typed(one: Sentenced, chance: random.Random) -> tuple[str, str, str]:
    """Return names and birth day with the mistakes of clerks."""
    surname, forename, born = one.surname, one.forename, one.born_on.isoformat()
    luck = chance.random()
    if luck < 0.02:
        surname = _mistyped(surname, chance)
    elif luck < 0.03:
        forename = forename[:3]
    elif luck < 0.035:
        surname, forename = forename, surname
    elif luck < 0.04:
        surname = _surname(chance)
    luck = chance.random()
    if luck < 0.005:
        born = ""
    elif luck < 0.008:
        born = "1970-01-01"
    elif luck < 0.02:
        year, month, day = one.born_on.year, one.born_on.month, one.born_on.day
        wrong = [day % 28 + 1, (day + 9) % 28 + 1]
        born = date(year, month, chance.choice(wrong)).isoformat()
    return surname, forename, born


def _mistyped(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name))
    how = chance.random()
    if how < 0.4:
        return name[:at] + name[at + 1 :]
    if how < 0.7:
        return name[:at] + name[at] * 2 + name[at + 1 :]
    return name[:at] + chance.choice("aeiourst") + name[at + 1 :]


def written(lines: Sequence[tuple[Sentenced, Line]]) -> bytes:
    out = io.StringIO()
    made = csv.DictWriter(out, _HEADING)
    made.writeheader()
    made.writerows(line for _, line in lines)
    return out.getvalue().encode()
