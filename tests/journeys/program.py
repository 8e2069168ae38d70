"""A witness care unit's program, for stories: it sends requests and asks what became of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.journeys.world import WEST_YORKSHIRE, World
from vcs.access.clients import ClientEntry, add_client
from vcs.access.records import ClientKind
from vcs.partners.desk import attach_early, read_requests
from vcs.partners.receiving.keeping import KeptRequest, keep_request, read_and_check
from vcs.partners.receiving.receipts import RequestReceipt, request_receipt

CASE = "13EX0000126"

COLIN = {"name": "Colin Madeup", "date_of_birth": "1990-02-14"}

SOMEBODY: dict[str, Any] = {
    "name": "Nia Canary-Name",
    "standing": "victim",
    "address_lines": ["1 Canary Lane", "Leeds"],
    "postcode": "LS1 3AB",
    "safe_to_post": True,
}


@dataclass
class Program:
    """One client of a witness care unit."""

    world: World
    client_id: str

    def keep(self, asked: dict[str, Any], key: str | None = None) -> KeptRequest:
        """Have a request kept and not read yet."""
        body, now = json.dumps(asked).encode(), self.world.clock.now()
        checked = read_and_check(body, key, self.world.today)
        with self.world.db.writing() as session:
            return keep_request(session, self.world.sealer, self.client_id, checked, now)

    def read(self) -> int:
        """Have what waits dealt with."""
        world = self.world
        return read_requests(world.db, world.sealer, now=world.clock.now)

    def attach(self) -> int:
        """Have early ones looked at again."""
        world = self.world
        return attach_early(world.db, world.sealer, now=world.clock.now)

    def send(self, asked: dict[str, Any], key: str | None = None) -> RequestReceipt:
        """Send a request and return what became of it."""
        kept = self.keep(asked, key)
        self.read()
        return self.receipt(kept.receipt)

    def receipt(self, receipt: str) -> RequestReceipt:
        with self.world.db.reading() as session:
            found = request_receipt(session, self.client_id, receipt)
        assert found is not None
        return found


def program(world: World, area: str | None = WEST_YORKSHIRE) -> Program:
    """Return a new program, by default of West Yorkshire."""
    with world.db.writing() as session:
        client = ClientEntry("Witness care", ClientKind.WITNESS_CARE, area)
        made = add_client(session, None, client, world.clock.now())
    return Program(world, made.client_id)


def referral(**more: Any) -> dict[str, Any]:
    """Return a referral of one victim, by default for Colin Madeup's case."""
    which: dict[str, Any] = {"case_reference": CASE, "offender": COLIN}
    if "referral_reference" in more:
        which = {}
    return {"kind": "referral", "victims": [SOMEBODY]} | which | more
