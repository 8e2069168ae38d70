"""One environment for every page: autoescaped, with the GOV.UK macros and our own words.

The macros are called with keys left out, so an undefined value reads as empty here. Letters and
emails, where that would be a fault, have a strict environment of their own.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from starlette.responses import HTMLResponse, RedirectResponse

from api.guards.headers import NONCE
from api.guards.kept_forms import shown_at
from api.guards.menu import allowed, menu
from api.staff import words
from vcs.victims.places import countries

SERVICE = "Victim contact tracker"

_FIRST_DAY, _LAST_DAY = date(2001, 1, 1), date(2039, 12, 31)

_COMPILED: Final = Path(__file__).parents[1] / "templates" / "__pycache__"


class _Compiled(FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; where the folder cannot be written, do without."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(folder: Path = _COMPILED) -> FileSystemBytecodeCache | None:
    """Return where compiled templates are kept for the next start, as Python keeps its modules.

    A file holds the digest of its template: a changed one is compiled anew. None where Python may
    keep nothing either.
    """
    if sys.dont_write_bytecode:
        return None
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return _Compiled(str(folder)) if folder.is_dir() else None


def _environment() -> Environment:
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    env = Environment(
        loader=ChoiceLoader([PackageLoader("api"), macros]),
        bytecode_cache=compiled_templates(),
        autoescape=True,
        undefined=ChainableUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(words=words, service=SERVICE, choices=_choices)
    env.filters.update(
        day=words.day,
        london_day=words.london_day,
        short_day=words.short_day,
        moment=words.moment,
        days=words.days,
        capitalise=lambda text: text[:1].upper() + text[1:],
        plain=words.plain,
        sentence=words.sentence,
        country=countries.shown,
    )
    return env


def _choices(field: Any) -> list[dict[str, str]]:
    """Return the options of a form's field as the macros take them."""
    return [{"value": value, "text": text} for value, text in field.options.items()]


ENVIRONMENT = _environment()


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Answer with a page. ``context`` is what the template may use."""
    state = request.scope.get("state", {})
    actor = state.get("actor")
    html = ENVIRONMENT.get_template(template).render(
        actor=actor,
        unaccounted=state.get("unaccounted"),
        checked_lists=state.get("checked", ()),
        mail_fails_since=state.get("mail_fails_since") if actor else None,
        menu=menu(actor.role if actor else None, request.url.path),
        cspNonce=state.get(NONCE, ""),
        csrf=state.get("csrf", ""),
        allowed=allowed(actor.role if actor else None),
        this_day=_this_day(request),
        is_training=is_training(request),
        undone=request.query_params.get("done", "") in _UNDONE,
        leads_on=request.query_params.get("done", "") not in _LEADS_NOWHERE,
        done=DONE.get(request.query_params.get("done", "")),
        given_back=state.get("given_back"),
        **context,
    )
    return HTMLResponse(html, status)


def is_training(request: Request) -> bool:
    """Say whether everybody on the pages is made up."""
    return "app" in request.scope and bool(getattr(request.app.state, "training", False))


def _this_day(request: Request) -> date | None:
    """Return today's date; None where a page is shown before the door is open."""
    door = getattr(request.app.state, "door", None) if "app" in request.scope else None
    return door.today if door else None


def day_asked(typed: str, today: date) -> tuple[date, str]:
    """Read the day in an address: today if there is none, or today with what is wrong with it."""
    if not typed:
        return today, ""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today, "Enter a date in the form YYYY-MM-DD, such as 2026-03-20"
    if not _FIRST_DAY <= day <= _LAST_DAY:
        return today, "Enter a date between 2001 and 2039"
    return day, ""


# What a page says after something was done. The address carries only the key.
DONE: Mapping[str, str] = {
    "victim-added": "The victim has been added and referred",
    "unit-asked": "The unit has been asked. You see its answer under What we sent",
    "corrected": "The correction has been made",
    "corrected-in-part": "A part has been corrected. The unit has been asked about the rest, and "
    "you see its answer under What we sent",
    "passed-on": "What they said has been passed on. The unit still makes first contact",
    "taken-back": "The referral has been taken back, and nothing of that person is kept. The "
    "victim is still to be referred",
    "message-taken-back": "The message has been taken back",
    "draft-kept": "What you typed is kept for a week, for you alone. Nothing has been sent",
    "proposed": "The unit has been asked. The referral stays open until a manager decides",
    "clock-started": "It has been recorded, and its clocks run",
    "clock-ended": "It has been recorded. The time that passed stays to be seen",
    "clock-taken-back": "It has been taken back, and its clocks have stopped",
    "taken": "This referral is yours",
    "offered": "Contact is offered at discretion, and a referral is open. Refer the victim next",
    "reopened": "The referral has been opened again, and what was owed is owed again",
    "traced": "It has been recorded that the details are being traced. The deadline still runs",
    "step-taken": "The step has been recorded",
    "refused": "The refusal has been recorded. A manager of the unit decides whether to close it",
    "assigned": "The victim liaison officer has been assigned",
    "leave-recorded": "The leave has been recorded, with who covers",
    "transfer-offered": "The referral has been offered. It stays here until they accept it",
    "transfer-withdrawn": "The offer has been withdrawn",
    "given": "The referrals have been given",
    "cover-changed": "Who covers has been changed",
    "leave-ended": "The first day back has been recorded",
    "contact": "The contact has been recorded",
    "preference": "How they may be reached has been recorded. It counts in every referral",
    "never": "It has been recorded that they never want contact. No letter can go to them",
    "changed-mind": "They may be contacted again, and what is owed to them is owed again",
    "note": "The note has been added",
    "attempt": "The attempt has been recorded. It does not count as first contact",
    "returned": "It has been recorded that the letter came back. A task says what to do next",
    "return-kept": "No letter has this reference. It is kept, and an administrator is asked "
    "which letter it is",
    "returned-before": "It was on record already that this letter came back: nothing was changed",
    "posted-asked": "It has been recorded that the letter left. A task asks you to stop it today",
    "posted": "It has been recorded that the letter was posted",
    "batch-left": "It has been recorded that these letters left",
    "batch-pull": "It has been recorded which letters left. Pull the letters that are named below",
    "given-to-notify": "The letters were given to GOV.UK Notify",
    "needs": "The answers have been recorded",
    "needs-safe": "The answers have been recorded. They change nothing about how this person may "
    "be reached until you record that too, under How to reach them",
    "need-opened": "The action is open, and on the list of whoever does it",
    "need-closed": "The action is closed, and its outcome recorded",
    "need-handed-over": "The action has been changed",
    "condition": "It has been recorded",
    "family": "It has been recorded",
    "family-asked": "It has not been recorded: this person has the offender’s name. A manager has "
    "been asked to find out who they are",
    "choice": "The choice has been recorded",
    "choice-no-contact": "The choice has been recorded. First contact is still owed: if you spoke "
    "to them, record the contact too, with the day on which it was",
    "choice-earlier": "Kept as an earlier choice. A later one is on record, and that one stands",
    "choice-earlier-out": "Kept as an earlier choice: they are still opted out",
    "decided": "Your decision has been recorded",
    "amended": "The change has been kept",
    "amended-moved": "The change has been kept. What was said about the address before was not "
    "taken over: record whether it is safe to write to this one, and when it was confirmed",
    "answers-gone": "Those answers were sent already, or are no longer kept. Nothing was sent "
    "again",
    "amended-note": "The change has been kept. The note on contacting them safely still holds an "
    "address or a telephone number: move it to the fields for these, where each look is recorded",
    "tried-again": "The message waits to be read again",
    "all-tried-again": "The messages wait to be read again",
    "read-by-hand": "Your entry has been kept, and is read as any court message is. If nobody "
    "else is in this message, dismiss it",
    "dismissed": "The message has been dismissed",
    "unit-saved": "The unit has been saved",
    "office-saved": "The office has been saved",
    "mailbox-saved": "The mailbox has been saved",
    "facts-kept": "What this letter needs has been kept",
    "drafted": "The letter has been drafted. Nothing has been sent",
    "approved": "The letter has been approved. It counts as sent once it is recorded as posted",
    "approved-first": "The letter has been approved. It is first contact once it is recorded as "
    "posted",
    "sent-back": "The letter has been sent back to its officer",
    "partner-approved": "The letter has been approved. It leaves with the next print batch",
    "letter-decided": "Your decision about this letter has been recorded",
    "if-out": "What they asked for has been recorded",
    "event": "The event has been recorded. The people to be told of it are below",
    "event-known": "This event was recorded already. Nothing was added to it",
    "event-told": "It has been recorded that they were told",
    "decline-proposed": "Your proposal has been kept. The question stays open, and its clock runs, "
    "until another manager has confirmed it",
    "decline-sent-back": "The proposal has been sent back. The question stays open",
    "event-embargo": "The event is under embargo. Nobody is told before its moment",
    "event-embargo-ended": "The embargo has ended. Tell everybody now",
    "event-update": "It has been recorded that they were given word",
    "event-tried": "The try has been recorded. They are still to be told",
    "event-way": "It has been recorded how they are to be told",
    "event-not-told": "It has been recorded that they are not to be told",
    "event-split": "The group is split. Everybody is still told by the same time",
    "event-taken-back": "The event has been taken back. Tell those who were told",
    "account-added": "The account has been added",
    "account-changed": "The account has been changed",
    "account-disabled": "The account has been disabled and its sign-ins ended",
    "client-disabled": "The feed client has been disabled",
    "excluded": "They can no longer see this case",
    "exclusion-lifted": "They can see this case again",
    "sample-drawn": "The sample has been drawn. The inspector can read it",
    "restricted": "Only the people you named can see this case",
    "restricted-without-you": "Only the people you named can see that case, and you cannot",
    "restriction-lifted": "Everybody whose role and region let them can see this case again",
    "excluded-oneself": "You can no longer see that case. The managers have your reason",
    "planned": "Your plan is kept. It is not repeated in emails until its day",
    "put-off": "It is left out of your email until that day",
    "disputed": "A person is asked whether it is owed. It stays in your email until they answer",
    "hour-chosen": "Your email comes at that time from the next working day on",
    "held-decided": "What was held has been decided about",
    "recalled": "Everybody who was sent the email is told that it was wrong",
    "ladder-set": "The time is changed for your region",
    "limit-lifted": "The limit is lifted for one day. Each look is still recorded",
    "password-changed": "Your password has been changed",
    "list-matched": "The list has been matched. What became of each row is below",
    "line-answered": "Your answer has been kept, for later lists too",
    "line-proposed": "Another person has to say the same, because contact may be owed or more than "
    "20 rows were explained with this reason. The question stays open until then",
    "line-taken-back": "The answer has been taken back. The rows are asked about again",
    "line-to-enter": "It is kept as a message to be entered by hand. The question closes by itself "
    "when the sentence is here",
    "certificate-proposed": "The certificate has been proposed. Another person confirms it",
    "certificate-confirmed": "The certificate has been confirmed and signed",
    "reason-checked": "It has been recorded that you looked at them",
    "figures-kept": "These figures have been kept as shown. A later change says when and why",
    "trial-asked": "The trial has been asked for. Nothing that is stored is changed by it",
    "feedback": "What they said has been recorded",
    "feedback-coded": "It has been recorded what it is about",
    "dip-drawn": "The letters have been drawn. Two people read each",
    "dip-read": "Your reading has been kept. Scores are shown once another person has read it",
    "walk-begun": "The walk has begun. What you do from now on counts",
    "signed-out": "You have signed out",
}


# What was not done, so that no page calls it a success.
_UNDONE = frozenset({"family-asked", "answers-gone"})

# What changed nothing that is owed: no next step follows from it.
_LEADS_NOWHERE = frozenset({"choice-earlier", "choice-earlier-out"})


def after(path: str, done: str) -> str:
    """Return the address of a page that says what was done."""
    return f"{path}?done={done}"


def go(path: str) -> RedirectResponse:
    """Send the browser to a page, so that reloading it repeats nothing."""
    return RedirectResponse(path, status_code=303)


def sign_in_address(request: Request) -> str:
    """Return the sign-in page that leads back to the page that was asked for."""
    path = request.url.path if request.method == "GET" else shown_at(request)
    return f"/sign-in?next={quote(path, safe='/')}" if path != "/" else "/sign-in"
