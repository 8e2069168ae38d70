"""Every command of ``vcs``: its name, the function that it runs, and its line in ``vcs --help``.

Only the module of the command that runs is imported, so that ``vcs --help`` waits for no database
and ``vcs decide`` for no web server. A new command is a function, and a row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Row:
    """One command: the function is ``room.module:function`` in ``api.commands``.

    ``line`` is how the function's docstring begins.
    """

    name: str
    function: str
    line: str


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that are called by the group's name and their own."""

    name: str
    line: str
    rows: tuple[Row, ...]


COMMANDS: Final[tuple[Row | Group, ...]] = (
    Row("decide", "messages.deciding:decide", "Read court messages, decide, and print."),
    Row("load", "messages.loading:load", "Put court messages in the inbox and read them."),
    Row("migrate", "service.keeping:bring_up_to_date", "Bring the schema up to date."),
    Row("check", "service.keeping:check", "Make the start-up checks and prove what must hold."),
    Row("state", "service.keeping:state", "Print what is held."),
    Row("ledger", "figures.accounting:ledger", "Print the counts of the ledger over all regions."),
    Row(
        "measures", "figures.measuring:measures", "Print every measure beside its quality partner."
    ),
    Row(
        "pack", "figures.packing:pack", "Write a commissioner's pack of a police area and quarter."
    ),
    Row(
        "extract",
        "figures.extracting:extract",
        "Write the events of victims' journeys under pseudonyms.",
    ),
    Row(
        "inspect",
        "figures.inspecting:inspect",
        "Draw a sample for an inspector and write it as a zip.",
    ),
    Row("serve", "service.serving:serve", "Serve the web pages and the feeds."),
    Row(
        "openapi",
        "service.serving:openapi",
        "Print the OpenAPI description of what programs may ask.",
    ),
    Row("work", "service.sweeping:work", "Run the scheduler; any number may run."),
    Row("tick", "service.sweeping:tick", "Do one sweep of everything due, then exit."),
    Row(
        "run",
        "service.running:run",
        "Load the example caseload once, serve it and run the scheduler.",
    ),
    Row("rules", "letters.printing:rules", "Print the law as the program applies it on a day."),
    Row("letters", "letters.printing:letters", "Write every letter, in each language and format."),
    Row(
        "alerts",
        "staff.alerting:alerts",
        "Print who will be told what about a referral, if nobody acts.",
    ),
    Row("bounced", "staff.alerting:bounced", "Record which emails to staff came back."),
    Row(
        "reassess",
        "decisions.reassessing:reassess",
        "Decide all that is stored again by the law of today.",
    ),
    Row(
        "custody",
        "other_systems.custody:custody",
        "Load what prisons and licence systems tell of offenders.",
    ),
    Row(
        "reconcile",
        "other_systems.lists:reconcile",
        "Match another system's list with what we hold.",
    ),
    Row(
        "certificate",
        "figures.certificates:certificate",
        "Write the monthly certificate to a folder, or check one.",
    ),
    Row(
        "replay", "decisions.replaying:replay", "Decide again on stored facts and print the bytes."
    ),
    Group(
        "lists",
        "Lists of other systems.",
        (Row("merged", "other_systems.lists:merged", "Record that two numbers are one person's."),),
    ),
    Group(
        "audit",
        "The audit trail.",
        (Row("verify", "service.keeping:verify", "Check the audit trail from end to end."),),
    ),
    Group(
        "post",
        "Letters outside the building.",
        (
            Row(
                "batch",
                "letters.batching:batch",
                "Make one file of the approved letters, with its manifest.",
            ),
            Row(
                "despatched",
                "letters.batching:despatched",
                "Record that the letters of a manifest left.",
            ),
            Row("returned", "letters.post:returned", "Record that a letter came back."),
        ),
    ),
    Group(
        "keys",
        "The sealing keys.",
        (
            Row("rotate", "service.keys:rotate", "Seal everything anew under the newest key."),
            Row("remove", "service.keys:remove", "Remove the old keys from the key file."),
        ),
    ),
    Group(
        "users",
        "Staff accounts.",
        (
            Row("add", "staff.people:add_user", "Add a member of staff."),
            Row("list", "staff.people:list_users", "List the staff accounts, by name."),
            Row("disable", "staff.people:disable_user", "Disable an account."),
            Row("reset", "staff.people:reset_user", "Give an account a new password."),
        ),
    ),
    Group(
        "clients",
        "Feed clients.",
        (
            Row("add", "staff.people:add_client", "Add a feed client."),
            Row("list", "staff.people:list_clients", "List the feed clients, by name."),
            Row("disable", "staff.people:disable_client", "Disable a feed client."),
            Row("reset", "staff.people:reset_client", "Give a feed client a new secret."),
        ),
    ),
)
