"""The imprint of a photo, and which file of a scan shows it first. Frozen: never edit it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns."""
    with op.batch_alter_table("judgement") as table:
        table.add_column(sa.Column("imprint", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("scan_file") as table:
        table.add_column(sa.Column("near", sa.JSON(), nullable=False, server_default='""'))


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("scan_file") as table:
        table.drop_column("near")
    with op.batch_alter_table("judgement") as table:
        table.drop_column("imprint")
