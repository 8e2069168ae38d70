from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.journeys.world import World, told
from vcs.access.account_changes import account_to_change, account_version
from vcs.access.accounts import (
    AccountEntry,
    UnitEntry,
    add_account,
    disable_account,
    save_unit,
    set_password,
    unit_version,
)
from vcs.access.actors import Actor
from vcs.access.clients import (
    ClientEntry,
    acting_client,
    add_client,
    disable_client,
    verify_client,
)
from vcs.access.records import Account, ClientKind, FeedClient, SignIn, Unit
from vcs.access.signing_in import passwords
from vcs.access.signing_in import sign_in as access_sign_in
from vcs.access.signing_in.own_password import PasswordChange, change_own_password
from vcs.access.signing_in.sign_in import sign_out
from vcs.consequences.moves import handover
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.referrals.officers.assign import assign_vlo
from vcs.terms import Role

PASSWORD = "correct horse battery staple"

ENTRY = AccountEntry("Vera@Example.org", "Vera", PASSWORD, Role.VLO, "N55", "13", "0113 496 0001")


def hired(world: World, entry: AccountEntry = ENTRY) -> Account:
    with world.db.writing() as session:
        return add_account(session, None, entry, world.clock.now())


def signed_in(world: World, begun: SignIn) -> bool:
    with world.db.reading() as session:
        return access_sign_in.signed_in(session, begun.id, world.clock.now()) is not None


def sign_in(world: World, password: str = PASSWORD, email: str = "vera@example.org") -> SignIn:
    return access_sign_in.sign_in(
        world.db, access_sign_in.Typed(email, password), world.clock.now()
    )


def test_a_person_signs_in_and_out(world: World) -> None:
    account = hired(world)
    assert account.police_area is None
    begun = sign_in(world, email=" VERA@example.org ")
    with world.db.reading() as session:
        actor = access_sign_in.signed_in(session, begun.id, world.clock.now())
    assert actor is not None
    assert (actor.name, actor.role, actor.region_code) == ("Vera", Role.VLO, "N55")
    with world.db.writing() as session:
        sign_out(session, begun.id, world.clock.now())
        sign_out(session, begun.id, world.clock.now())
        sign_out(session, "nobody", world.clock.now())
    assert not signed_in(world, begun)


def test_every_failure_says_the_same(world: World) -> None:
    hired(world)
    said = set()
    for email, password in (("vera@example.org", "wrong"), ("nobody@example.org", PASSWORD)):
        with pytest.raises(NotValid) as refusal:
            sign_in(world, password, email)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_ten_wrong_tries_lock_an_account_for_fifteen_minutes(world: World) -> None:
    hired(world)
    for _ in range(10):
        with pytest.raises(NotValid):
            sign_in(world, "wrong")
    with pytest.raises(NotValid):
        sign_in(world)
    world.clock.minutes(14)
    with pytest.raises(NotValid):
        sign_in(world)
    world.clock.minutes(1)
    assert signed_in(world, sign_in(world))


def test_nine_wrong_tries_and_a_right_one_begin_to_count_anew(world: World) -> None:
    hired(world)
    for _ in range(2):
        for _ in range(9):
            with pytest.raises(NotValid):
                sign_in(world, "wrong")
        assert signed_in(world, sign_in(world))


def test_a_sign_in_ends_after_twelve_hours(world: World) -> None:
    hired(world)
    begun = sign_in(world)
    world.clock.move_to(world.clock.now() + timedelta(hours=12))
    assert signed_in(world, begun)
    world.clock.minutes(1)
    assert not signed_in(world, begun)


def test_a_disabled_account_is_out_at_once_and_for_good(world: World) -> None:
    account = hired(world)
    begun = sign_in(world)
    with world.db.writing() as session:
        disable_account(session, world.people[Role.ADMINISTRATOR], account.id, world.clock.now())
    assert not signed_in(world, begun)
    with pytest.raises(NotValid):
        sign_in(world)


def test_a_new_password_ends_what_was_begun_with_the_old_one(world: World) -> None:
    hired(world)
    begun = sign_in(world)
    with world.db.writing() as session:
        set_password(session, None, "vera@example.org", "another good password", world.clock.now())
    assert not signed_in(world, begun)
    assert signed_in(world, sign_in(world, "another good password"))


def test_the_last_administrator_stays(world: World) -> None:
    admin = world.people[Role.ADMINISTRATOR]
    with world.db.writing() as session, pytest.raises(Conflict):
        disable_account(session, admin, admin.account_id, world.clock.now())
    with world.db.writing() as session, pytest.raises(NotFound):
        disable_account(session, admin, 999, world.clock.now())


def test_only_an_administrator_looks_after_accounts(world: World) -> None:
    now, unit = world.clock.now(), UnitEntry("N55", "x", "a@b.org")
    for role in (Role.WITNESS_CARE, Role.VLO, Role.MANAGER):
        who = world.people[role]
        with world.db.writing() as session:
            with pytest.raises(NotAllowed):
                add_account(session, who, ENTRY, now)
            with pytest.raises(NotAllowed):
                disable_account(session, who, 1, now)
            with pytest.raises(NotAllowed):
                add_client(session, who, ClientEntry("x", ClientKind.COURT), now)
            with pytest.raises(NotAllowed):
                save_unit(session, who, unit, now, unit_version(session.get(Unit, "N55")))


FAULTS = (
    (AccountEntry("no email", "A", PASSWORD, Role.VLO, "N55"), "email"),
    (AccountEntry("a@b.org\nBcc: c@d.org", "A", PASSWORD, Role.VLO, "N55"), "email"),
    (AccountEntry("a@b.org", " ", PASSWORD, Role.VLO, "N55"), "name"),
    (AccountEntry("a@b.org", "A\nB", PASSWORD, Role.VLO, "N55"), "name"),
    (AccountEntry("a@b.org", "A", "short", Role.VLO, "N55"), "password"),
    (AccountEntry("a@b.org", "A", "aaaaaaaaaaaaaaaa", Role.VLO, "N55"), "password"),
    (AccountEntry("a@b.org", "A", PASSWORD, Role.VLO, "X1"), "region_code"),
    (AccountEntry("a@b.org", "A", PASSWORD, Role.MANAGER), "region_code"),
    (AccountEntry("a@b.org", "A", PASSWORD, Role.WITNESS_CARE, "N55"), "police_area"),
)


def test_each_fault_of_a_new_account_is_named(world: World) -> None:
    for entry, field in FAULTS:
        with world.db.writing() as session, pytest.raises(NotValid) as refusal:
            add_account(session, None, entry, world.clock.now())
        assert list(refusal.value.fields) == [field]


def test_an_email_has_one_account(world: World) -> None:
    hired(world)
    with world.db.writing() as session, pytest.raises(Conflict):
        add_account(session, None, ENTRY, world.clock.now())


def test_a_password_is_kept_as_argon2id_and_an_empty_account_takes_the_same_work() -> None:
    assert passwords.hash_of(PASSWORD).startswith("$argon2id$")
    assert not passwords.fits(PASSWORD, None)
    assert not passwords.fits(PASSWORD, "not a hash")
    assert not passwords.fits("x" * 1_000_000, passwords.hash_of(PASSWORD))


def test_the_work_for_a_password_is_not_made_less_outside_the_tests() -> None:
    module = "vcs.access.signing_in.passwords"
    hashed = f"from {module} import hash_of; print(hash_of('correct horse battery'))"
    made = subprocess.run([sys.executable, "-c", hashed], check=True, capture_output=True)
    assert made.stdout.startswith(b"$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_client_is_known_by_its_secret_which_is_kept_nowhere(world: World) -> None:
    with world.db.writing() as session:
        made = add_client(session, None, ClientEntry("Court", ClientKind.COURT), world.clock.now())
    with world.db.reading() as session:
        known = verify_client(session, made.client_id, made.client_secret)
        assert known is not None
        assert known.kind == ClientKind.COURT
        assert verify_client(session, made.client_id, "wrong") is None
        assert verify_client(session, "nobody", made.client_secret) is None
        assert verify_client(session, "nobody", "") is None
        held = session.exec(select(FeedClient)).one()
    assert made.client_secret not in held.secret_hash
    with world.db.writing() as session:
        admin = world.people[Role.ADMINISTRATOR]
        disable_client(session, admin, made.client_id, world.clock.now())
    with world.db.reading() as session:
        assert verify_client(session, made.client_id, made.client_secret) is None


def test_only_a_witness_care_client_is_kept_to_a_police_area_that_there_is(world: World) -> None:
    now = world.clock.now()
    with world.db.writing() as session:
        for kind, area in ((ClientKind.COURT, "13"), (ClientKind.WITNESS_CARE, "00")):
            with pytest.raises(NotValid) as refusal:
                add_client(session, None, ClientEntry("A system", kind, area), now)
            assert "police_area" in refusal.value.fields
        made = add_client(session, None, ClientEntry("WCU", ClientKind.WITNESS_CARE, "13"), now)
        actor = acting_client(session, made.client_id)
    assert (actor.police_area, actor.who) == ("13", f"client:{made.client_id}")


def test_somebody_changes_their_own_password_on_either_database(world: World) -> None:
    hired(world)
    begun, new = sign_in(world), "four plain words here"
    change = PasswordChange(PASSWORD, new, begun.id, "a token of the form")
    change_own_password(world.db, change, world.clock.now())
    assert signed_in(world, sign_in(world, new))


def test_a_change_counts_at_once_and_hands_over_what_another_place_leaves(world: World) -> None:
    world.court_tells(told())
    admin, officer = world.people[Role.ADMINISTRATOR], hired(world)
    reference = world.only_referral()
    with world.db.writing() as session:
        assign_vlo(world.work(session, world.people[Role.MANAGER]), reference, officer.id)
    begun = sign_in(world)

    def change(by: Actor, account_id: int, seen: str = "", **changes: Any) -> int:
        with world.db.writing() as session:
            held = account_to_change(session, admin, account_id)
            kept = {name: getattr(held, name) for name in ("email", "name", "phone")}
            kept |= {"region_code": held.region_code, "police_area": held.police_area}
            entry = AccountEntry(**(kept | {"role": Role(held.role), "password": ""} | changes))
            asked = (entry, seen or account_version(held))
            return handover.change_account(session, by, account_id, asked, world.clock.now())

    assert change(admin, officer.id, name="Vera Married", phone="0113 496 0009") == 0
    assert signed_in(world, begun)
    with pytest.raises(NotValid, match="saved a change"):
        change(admin, officer.id, seen="an older version", name="Vera")
    for wrong in ({"email": "nonsense"}, {"name": " "}, {"region_code": "X"}):
        with pytest.raises(NotValid):
            change(admin, officer.id, **wrong)
    with pytest.raises(NotValid) as refusal:
        change(admin, admin.account_id, role=Role.MANAGER, region_code="N55")
    assert list(refusal.value.fields) == ["role"]
    with pytest.raises(NotAllowed):
        change(world.people[Role.MANAGER], officer.id, name="Vera")
    assert change(admin, officer.id, region_code="N03") == 1
    assert not signed_in(world, begun)
    assert world.view(reference).vlo_name is None
    assert [one for one in world.tasks() if "has other work now" in one.question]
    assert world.problems() == []
