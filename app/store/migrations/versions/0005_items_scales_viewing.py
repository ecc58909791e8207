"""Items, known lengths, and in which view a finding was made. Frozen: never edit it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the column."""
    op.create_table(
        "item",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
    )
    op.create_table(
        "item_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("photo_sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_photo"),
        sa.UniqueConstraint("item_id", "photo_sha256", name="uq_item_photo_item_id"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_item_photo_item_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_item_photo_photo_sha256", "item_photo", ["photo_sha256"])
    op.create_table(
        "scale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference_sha256", sa.String(64), nullable=False),
        sa.Column("x0", sa.Float(), nullable=False),
        sa.Column("y0", sa.Float(), nullable=False),
        sa.Column("x1", sa.Float(), nullable=False),
        sa.Column("y1", sa.Float(), nullable=False),
        sa.Column("length_mm", sa.Float(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scale"),
        sa.UniqueConstraint("reference_sha256", name="uq_scale_reference_sha256"),
    )
    with op.batch_alter_table("finding") as table:
        table.add_column(sa.Column("viewing", sa.JSON(), nullable=False, server_default="{}"))
