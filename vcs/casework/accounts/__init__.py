"""Staff accounts, sign-ins, feed clients, and the units that letters name."""

from vcs.casework.accounts.clients import (
    NewClient,
    acting_client,
    add_client,
    as_actor,
    disable_client,
    verify_client,
)
from vcs.casework.accounts.signing_in import sign_in, sign_out, signed_in
from vcs.casework.accounts.staff import (
    AccountEntry,
    UnitEntry,
    add_account,
    disable_account,
    save_unit,
    set_password,
)

__all__ = [
    "AccountEntry",
    "NewClient",
    "UnitEntry",
    "acting_client",
    "add_account",
    "add_client",
    "as_actor",
    "disable_account",
    "disable_client",
    "save_unit",
    "set_password",
    "sign_in",
    "sign_out",
    "signed_in",
    "verify_client",
]
