"""Zones of sides. Frozen: never edit it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("reference_sha256", sa.String(64), nullable=False),
        sa.Column("polygon", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_zone"),
        sa.UniqueConstraint("side_id", "number", name="uq_zone_side_id"),
        sa.ForeignKeyConstraint(
            ["side_id"], ["side.id"], name="fk_zone_side_id", ondelete="CASCADE"
        ),
    )
