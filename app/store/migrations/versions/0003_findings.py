"""What examiners say of regions, and regions of their own. Frozen: never edit it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "finding",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("photo_sha256", sa.String(64), nullable=False),
        sa.Column("product", sa.String(200), nullable=False),
        sa.Column("side", sa.String(200), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("polygon", sa.JSON(), nullable=False),
        sa.Column("reference_sha256", sa.String(64), nullable=False),
        sa.Column("reference_polygon", sa.JSON(), nullable=False),
        sa.Column("opinion", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index("ix_finding_photo_sha256", "finding", ["photo_sha256"])
