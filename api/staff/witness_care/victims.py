"""What witness care does about a victim they referred: correct, pass on what was said, take back.

No form shows what is held: where somebody can be found is never shown after it was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import checking, pages
from api.staff.checking import Checked
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.victims.details import VICTIM
from vcs.access.work import Work
from vcs.consequences.closing.refusing import HOW_SAID
from vcs.errors import NotValid
from vcs.partners.people.messages.correct import correct, version_seen
from vcs.partners.people.messages.relay import Relayed, relay
from vcs.partners.people.messages.send import LONGEST_WORDS
from vcs.partners.people.records import Said
from vcs.partners.people.withdraw import withdraw
from vcs.victims.contact.contact_reads import victim_heading
from vcs.victims.find import visible_victim
from vcs.victims.places.numbers import number_in

router = APIRouter()

_AT = "/witness-care/{reference}/victims/{victim}"

_IS_SAFE = {"yes": True, "no": False, "not_known": None}


def _asked(name: str, label: str, **more: Any) -> Field:
    field = next(one for one in VICTIM if one.name == name)
    return replace(field, label=label, required="", **more)


_CORRECTION = (
    _asked("name", "The right name", hint="As they give it"),
    _asked("phone", "The right telephone number"),
    _asked("email", "The right email address"),
    _asked("address_lines", "The right address"),
    _asked("postcode", "The postcode of the right address"),
    _asked("country", "The country of the right address, if it is not in the UK"),
    _asked(
        "safe_to_post",
        "Is it safe to write to them?",
        hint="Answer this for the right address, where you gave one above",
    ),
    _asked(
        "safe_contact_notes",
        "What else must be known to contact them safely",
        hint="It is added to what is known. Enter no address or telephone number here",
        leave_out=number_in,
    ),
    _asked("format_needs", "What else they need", hint="It is added to what is known"),
    VERSION,
)


def _page(visit: Visit, reference: str, victim: str, ending: str, title: str) -> FormPage:
    with visit.app.db.reading() as session:
        heading = victim_heading(session, visit.app.sealer, visit.officer, reference, victim)
    back = f"/witness-care/{reference}"
    return FormPage(
        title,
        action=f"{back}/victims/{victim}/{ending}",
        button="Continue",
        back=back,
        caption=heading.name,
    )


def _correct_page(visit: Visit, reference: str, victim: str) -> FormPage:
    page = _page(visit, reference, victim, "correct", "Correct what was sent")
    lead = (
        "Enter only what is wrong. What you leave empty stays as it is.",
        "What makes the victim safer is changed at once. What may make them less safe, or would "
        "undo what the unit recorded, goes to the unit as a question.",
    )
    return replace(page, lead=lead, typed={"seen": _version(visit, victim)})


def _version(visit: Visit, victim: str) -> str:
    with visit.app.db.reading() as session:
        return version_seen(visit.app.sealer, visible_victim(session, victim, visit.officer))


def _check_correction(visit: Visit, entry: Entry) -> None:
    del visit
    changes_of(entry)


CORRECT = Checked(Form(_CORRECTION, _correct_page), "Send the correction", _check_correction)


@checking.serve(router, f"{_AT}/correct", CORRECT)
def correct_victim(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Correct what was sent: at once where it makes the victim safer, else by asking the unit."""
    corrected = correct(work, victim, entry.typed["seen"], changes_of(entry))
    done = "corrected" if not corrected.asked else "corrected-in-part"
    return pages.after(f"/witness-care/{reference}", done if corrected.at_once else "unit-asked")


def changes_of(entry: Entry) -> Mapping[str, Any]:
    """Return what is to be corrected, by the fields of an entry. Raises NotValid for half of it."""
    typed = {name: text for name, text in entry.typed.items() if text}
    changes: dict[str, Any] = {
        name: typed[name]
        for name in (
            "name",
            "phone",
            "email",
            "safe_contact_notes",
            "format_needs",
            "postcode",
            "country",
        )
        if name in typed
    }
    if lines := [line.strip() for line in typed.get("address_lines", "").splitlines()]:
        # The postcode of the earlier address goes with it.
        changes |= {"address_lines": tuple(line for line in lines if line)}
        changes.setdefault("postcode", "")
        changes.setdefault("country", "")
    if "safe_to_post" in typed:
        changes["safe_to_post"] = _IS_SAFE[typed["safe_to_post"]]
    if "address_lines" in changes and "safe_to_post" not in changes:
        message = "Select whether it is safe to write to the address you gave"
        raise NotValid(message, {"safe_to_post": message})
    if not changes:
        message = "Enter what is wrong. What you leave empty stays as it is"
        raise NotValid(message, {"name": message})
    return changes


_SAID = (
    Field(
        "said_on",
        "When did you tell them about the sentence?",
        "date",
        hint="For example, 26 Feb",
        required="Enter the day on which you told them",
        is_past=True,
    ),
    Field(
        "how",
        "How did you tell them?",
        "radios",
        required="Select how you told them",
        options=HOW_SAID,
    ),
    Field(
        "said",
        "What did they say about contact?",
        "radios",
        hint="A no is recorded at once. The unit still makes first contact before it relies on it",
        required="Select what they said",
        options={
            Said.WANTS.value: "They want contact",
            Said.NOT.value: "They do not want contact",
            Said.UNDECIDED.value: "They have not decided, or did not say",
        },
    ),
    Field(
        "words",
        "What did they say, in their words?",
        "lines",
        hint="Do not enter an address or a telephone number",
        longest=LONGEST_WORDS,
        leave_out=number_in,
    ),
)


def _said_page(visit: Visit, reference: str, victim: str) -> FormPage:
    return _page(visit, reference, victim, "said", "We told them, and they said")


SAID = Checked(Form(_SAID, _said_page), "Tell the unit")


@checking.serve(router, f"{_AT}/said", SAID)
def pass_on(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Pass on what a victim said when they were told about the sentence."""
    typed = entry.typed
    relay(work, victim, Relayed(typed["said"], entry.day("said_on"), typed["how"], typed["words"]))
    return pages.after(f"/witness-care/{reference}", "passed-on")


_WHY = (
    Field(
        "words",
        "Why was it a mistake?",
        "lines",
        hint="For example, the wrong person of two with one name",
        required="Enter why it was a mistake",
        longest=LONGEST_WORDS,
    ),
)


def _take_back_page(visit: Visit, reference: str, victim: str) -> FormPage:
    page = _page(visit, reference, victim, "take-back", "This person was referred by mistake")
    lead = (
        "If the unit has not acted on it, everything that was sent about this person is removed, "
        "and the victim is still to be referred.",
        "If the unit has acted, it is asked to put this right, and tells you what it did.",
    )
    return replace(page, lead=lead)


TAKE_BACK = Checked(Form(_WHY, _take_back_page), "Take back the referral")


@checking.serve(router, f"{_AT}/take-back", TAKE_BACK)
def take_back(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Take back a referral that was sent by mistake, or ask the unit to."""
    message = withdraw(work, victim, entry.typed["words"])
    done = "unit-asked" if message.decision is None else "taken-back"
    return pages.after(f"/witness-care/{reference}", done)
