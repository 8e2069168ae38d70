"""Between the form of a victim's details and the entry that casework takes."""

from __future__ import annotations

from api.staff.forms import Entry
from vcs.terms import Language, VictimRelation
from vcs.victims.entries import VictimEntry

_IS_SAFE = {"yes": True, "no": False, "not_known": None}

_SAFE_WORDS = {safe: word for word, safe in _IS_SAFE.items()}

_PLAIN = (
    "name",
    "salutation",
    "about",
    "postcode",
    "phone",
    "email",
    "format_needs",
    "safe_contact_notes",
)


def entry_of(entry: Entry) -> VictimEntry:
    """Return what was typed in the shape that casework takes."""
    typed = entry.typed
    lines = tuple(line.strip() for line in typed["address_lines"].splitlines() if line.strip())
    plain = {name: typed[name] for name in _PLAIN}
    return VictimEntry(
        address_lines=lines,
        standing=VictimRelation(typed["standing"]),
        language=Language(typed["language"]),
        safe_to_post=_IS_SAFE[typed["safe_to_post"]],
        address_confirmed_on=entry.day_if_any("address_confirmed_on"),
        **plain,
    )


def typed_of(held: VictimEntry) -> dict[str, str]:
    """Return an entry as the form shows it."""
    day = held.address_confirmed_on
    parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
    return {
        **{name: getattr(held, name) for name in _PLAIN},
        "standing": held.standing,
        "safe_to_post": _SAFE_WORDS[held.safe_to_post],
        "address_lines": "\n".join(held.address_lines),
        "language": held.language,
        **{
            f"address_confirmed_on-{part}": str(parts.get(part, ""))
            for part in ("day", "month", "year")
        },
    }
