"""Staff accounts, sign-ins, feed clients, and the units that letters name."""

from vcs.casework.accounts.clients import (
    NewClient,
    acting_client,
    add_client,
    as_actor,
    client_named,
    disable_client,
    enable_client,
    require_active,
    reset_client,
    verify_client,
)
from vcs.casework.accounts.signing_in import sign_in, sign_out, signed_in
from vcs.casework.accounts.staff import (
    AccountEntry,
    UnitEntry,
    account_named,
    add_account,
    disable_account,
    enable_account,
    save_unit,
    set_password,
)

__all__ = [
    "AccountEntry",
    "NewClient",
    "UnitEntry",
    "account_named",
    "acting_client",
    "add_account",
    "add_client",
    "as_actor",
    "client_named",
    "disable_account",
    "disable_client",
    "enable_account",
    "enable_client",
    "require_active",
    "reset_client",
    "save_unit",
    "set_password",
    "sign_in",
    "sign_out",
    "signed_in",
    "verify_client",
]
