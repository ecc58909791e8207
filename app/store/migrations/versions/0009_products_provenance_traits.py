"""Facts of products, more of where references come from, how they are prepared, and traits.

Frozen: never edit it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OF_PRODUCT = ("brand", "gtin", "packaging", "market", "category", "valid_from", "valid_to")
_OF_REFERENCE = ("obtained_on", "camera", "proof", "proof_name")


def upgrade() -> None:
    """Make the columns and the table."""
    with op.batch_alter_table("product") as table:
        for name in _OF_PRODUCT:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("reference") as table:
        for name in _OF_REFERENCE:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("is_canonical", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("corners", sa.JSON(), nullable=True))
    op.create_table(
        "trait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("reference_sha256", sa.String(64), nullable=False),
        sa.Column("polygon", sa.JSON(), nullable=False),
        sa.Column("genuine", sa.Text(), nullable=False),
        sa.Column("known_false", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trait"),
        sa.UniqueConstraint("side_id", "number", name="uq_trait_side_id"),
        sa.ForeignKeyConstraint(
            ["side_id"], ["side.id"], name="fk_trait_side_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("trait")
    with op.batch_alter_table("reference") as table:
        for name in ("corners", "is_canonical", *_OF_REFERENCE):
            table.drop_column(name)
    with op.batch_alter_table("product") as table:
        for name in _OF_PRODUCT:
            table.drop_column(name)
