"""A person is one record, and a victim their part in one referral.

Each victim becomes one person of their own: nothing that is held says for certain that two are
one, so nobody is joined. Whom somebody acts for is of the part, so it is sealed apart.
"""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

from vcs.errors import CannotOpen, NotSetUp
from vcs.sealing import Sealer

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LANGUAGES = "language IN ('en', 'cy')"
HERS = ("sealed", "format_needs_sealed", "language", "safe_to_post", "address_confirmed_on")
NO_KEYS = (
    "The sealing keys are missing and this database holds what must be sealed: set the "
    "VCS_SEALING_KEYS it was sealed with, or put the file keys/sealing.keys back into VCS_DATA_DIR."
)
EACH_A_PERSON = """
INSERT INTO person (id, reference, sealed, language, format_needs_sealed, safe_to_post,
  address_confirmed_on, entered_by_account_id)
SELECT id, reference, sealed, language, format_needs_sealed, safe_to_post,
  address_confirmed_on, referred_by_account_id FROM victim
"""
GO_ON_COUNTING = """
SELECT setval(pg_get_serial_sequence('person', 'id'), (SELECT max(id) FROM person))
WHERE EXISTS (SELECT 1 FROM person)
"""
OF_THE_PERSON = """
UPDATE former_details SET person_id = (
  SELECT victim.person_id FROM victim WHERE victim.id = former_details.victim_id)
"""


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("format_needs_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("safe_to_post", sa.Boolean(), nullable=True),
        sa.Column("address_confirmed_on", sa.Date(), nullable=True),
        sa.Column("entered_by_account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_person_language")),
        sa.ForeignKeyConstraint(
            ["entered_by_account_id"], ["account.id"], name="fk_person_entered_by_account_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("reference", name="uq_person_reference"),
    )
    op.execute(EACH_A_PERSON)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(GO_ON_COUNTING)
    op.add_column("victim", sa.Column("person_id", sa.Integer(), nullable=True))
    op.add_column("victim", sa.Column("about_sealed", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE victim SET person_id = id")
    for row in _rows("victim", "sealed"):
        _set("victim", row.id, about_sealed=_sealer().seal_text(_about(row.sealed)))
    with op.batch_alter_table("victim") as table:
        table.drop_constraint(op.f("ck_victim_language"), type_="check")
        for name in HERS:
            table.drop_column(name)
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("about_sealed", existing_type=sa.LargeBinary(), nullable=False)
        table.create_foreign_key("fk_victim_person_id", "person", ["person_id"], ["id"])
        table.create_index("ix_victim_person_id", ["person_id"])
    op.add_column("former_details", sa.Column("person_id", sa.Integer(), nullable=True))
    op.add_column("former_details", sa.Column("about_sealed", sa.LargeBinary(), nullable=True))
    op.execute(OF_THE_PERSON)
    with op.batch_alter_table("former_details") as table:
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        table.create_foreign_key("fk_former_details_person_id", "person", ["person_id"], ["id"])
        table.create_index("ix_former_details_person_id", ["person_id"])


def downgrade() -> None:
    for row in _rows("former_details", "sealed", "about_sealed"):
        if row.about_sealed is not None:
            _set("former_details", row.id, sealed=_with_about(row.sealed, row.about_sealed))
    with op.batch_alter_table("former_details") as table:
        table.drop_index("ix_former_details_person_id")
        table.drop_constraint("fk_former_details_person_id", type_="foreignkey")
        for name in ("person_id", "about_sealed"):
            table.drop_column(name)
    for name, kind in zip(HERS, _KINDS, strict=True):
        op.add_column("victim", sa.Column(name, kind, nullable=True))
        held = f"SELECT person.{name} FROM person WHERE person.id = victim.person_id"  # noqa: S608
        op.execute(f"UPDATE victim SET {name} = ({held})")  # noqa: S608 - our own names
    for row in _rows("victim", "sealed", "about_sealed"):
        _set("victim", row.id, sealed=_with_about(row.sealed, row.about_sealed))
    with op.batch_alter_table("victim") as table:
        table.drop_index("ix_victim_person_id")
        table.drop_constraint("fk_victim_person_id", type_="foreignkey")
        for name in ("person_id", "about_sealed"):
            table.drop_column(name)
        for name, kind in zip(HERS[:3], _KINDS, strict=False):
            table.alter_column(name, existing_type=kind, nullable=False)
        table.create_check_constraint(op.f("ck_victim_language"), LANGUAGES)
    op.drop_table("person")


_KINDS: tuple[Any, ...] = (
    sa.LargeBinary(),
    sa.LargeBinary(),
    sa.String(),
    sa.Boolean(),
    sa.Date(),
)


def _rows(table: str, *columns: str) -> list[Any]:
    held = sa.table(table, sa.column("id"), *(sa.column(name) for name in columns))
    return list(op.get_bind().execute(sa.select(held).order_by(held.c.id)).all())


def _set(table: str, row_id: int, **values: bytes) -> None:
    columns = (sa.column(name, sa.LargeBinary()) for name in values)
    held = sa.table(table, sa.column("id"), *columns)
    op.get_bind().execute(sa.update(held).where(held.c.id == row_id).values(values))


def _about(sealed: bytes) -> str:
    """Return whom a victim acts for; "" in a value that does not open, which stays as it is."""
    try:
        held = _sealer().open_json(sealed)
    except CannotOpen:
        return ""
    return str(held.get("about", "")) if isinstance(held, dict) else ""


def _with_about(sealed: bytes, about: bytes) -> bytes:
    try:
        held = _sealer().open_json(sealed) | {"about": _sealer().open_text(about)}
    except CannotOpen:
        return sealed
    return _sealer().seal_json(held)


def _sealer() -> Sealer:
    sealer: Sealer | None = context.config.attributes.get("sealer")
    if sealer is None:
        raise NotSetUp(NO_KEYS)
    return sealer
