"""Routes of transfers to hospital and of hand-overs to hospital managers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BEFORE = (
    "route IN ('section-35', 'hospital-restricted', "
    "'hospital-unrestricted', 'hospital-direction', "
    "'victim-notification-scheme', 'schedule-6a-part-2')"
)
_NOW = (
    "route IN ('section-35', 'hospital-restricted', "
    "'hospital-unrestricted', 'hospital-direction', "
    "'transfer-restricted', 'transfer-unrestricted', 'handed-over-to-hospital', "
    "'victim-notification-scheme', 'schedule-6a-part-2')"
)
_TABLES = ("sentence", "decision")


def upgrade() -> None:
    _allow(_BEFORE, _NOW)


def downgrade() -> None:
    _allow(_NOW, _BEFORE)


def _allow(held: str, instead: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        _reword(held, instead)
        return
    for table in _TABLES:
        op.drop_constraint(op.f(f"ck_{table}_route"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_route"), table, instead)


def _reword(held: str, instead: str) -> None:
    """Change the rule where SQLite keeps it.

    Making the tables anew would drop rows that others refer to. This is the procedure that
    SQLite's own documentation of ALTER TABLE gives for rules that change nothing on the disk.
    """
    connection = op.get_bind()
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    for table in _TABLES:
        reworded = connection.execute(
            sa.text(
                "UPDATE sqlite_master SET sql = replace(sql, :held, :instead) "
                "WHERE type = 'table' AND name = :name AND instr(sql, :held) > 0"
            ),
            {"held": held, "instead": instead, "name": table},
        )
        if reworded.rowcount != 1:
            raise RuntimeError(f"the rule on the routes of the table {table} was not found")
    connection.execute(sa.text(f"PRAGMA schema_version = {int(version) + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))
