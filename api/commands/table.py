"""Every command of ``vcs``: its name, the function that it runs, and its line in ``vcs --help``.

Only the module of the command that runs is imported, so that ``vcs --help`` waits for no database
and ``vcs decide`` for no web server. A new command is a function, and a row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Row:
    """One command: the function is ``module:function`` in ``api.commands``.

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
    Row("decide", "deciding:decide", "Read court messages, decide, and print."),
    Row("load", "keeping:load", "Put court messages in the inbox and read them."),
    Row("migrate", "keeping:bring_up_to_date", "Bring the schema up to date."),
    Row("check", "keeping:check", "Make the start-up checks and prove what must hold."),
    Row("state", "keeping:state", "Print what is held."),
    Row("ledger", "accounting:ledger", "Print the counts of the ledger over all regions."),
    Row("serve", "serving:serve", "Serve the web pages and the feeds."),
    Row("openapi", "serving:openapi", "Print the OpenAPI description of what programs may ask."),
    Row("work", "sweeping:work", "Run the scheduler; any number may run."),
    Row("tick", "sweeping:tick", "Do one sweep of everything due, then exit."),
    Row("run", "running:run", "Load the example caseload once, serve it and run the scheduler."),
    Row("rules", "printing:rules", "Print the law as the program applies it on a day."),
    Row("letters", "printing:letters", "Write every letter, in each language and format."),
    Row("reassess", "reassessing:reassess", "Decide all that is stored again by the law of today."),
    Row("replay", "replaying:replay", "Decide again on stored facts and print the bytes."),
    Group(
        "audit",
        "The audit trail.",
        (Row("verify", "keeping:verify", "Check the audit trail from end to end."),),
    ),
    Group(
        "post",
        "Letters outside the building.",
        (Row("returned", "post:returned", "Record that a letter came back."),),
    ),
    Group(
        "keys",
        "The sealing keys.",
        (
            Row("rotate", "keys:rotate", "Seal everything anew under the newest key."),
            Row("remove", "keys:remove", "Remove the old keys from the key file."),
        ),
    ),
    Group(
        "users",
        "Staff accounts.",
        (
            Row("add", "people:add_user", "Add a member of staff."),
            Row("list", "people:list_users", "List the staff accounts, by name."),
            Row("disable", "people:disable_user", "Disable an account."),
            Row("reset", "people:reset_user", "Give an account a new password."),
        ),
    ),
    Group(
        "clients",
        "Feed clients.",
        (
            Row("add", "people:add_client", "Add a feed client."),
            Row("list", "people:list_clients", "List the feed clients, by name."),
            Row("disable", "people:disable_client", "Disable a feed client."),
            Row("reset", "people:reset_client", "Give a feed client a new secret."),
        ),
    ),
)
