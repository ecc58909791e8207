"""Databases are made, brought up to date with a copy kept, or politely refused."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, StatementError

from app.store import NewerWorkspace, Workspace, WorkspaceBusy, WorkspaceDamaged, database
from app.store.database import FILE_NAME, SCRIPTS, Database
from app.store.tables import ProductRow, SideRow, Table

_NEWEST = database._known_versions(SCRIPTS)[-1]
_LATER = f"{int(_NEWEST) + 1:04}"
_NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "{number}"
down_revision = "{before}"
def upgrade() -> None:
    op.add_column("product", sa.Column("maker", sa.Text(), nullable=True))
    {then}
"""


def _scripts(tmp_path: Path, then: str = "") -> Path:
    """The migrations of a later version of the program."""
    folder = tmp_path / "later 100%"
    shutil.copytree(SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    code = _NEXT.format(number=_LATER, before=_NEWEST, then=then)
    (folder / "versions" / f"{_LATER}_maker.py").write_text(code)
    return folder


def _rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_the_migrations_make_the_tables_of_the_code(tmp_path: Path) -> None:
    Database(tmp_path).close()
    engine = create_engine(f"sqlite:///{tmp_path / FILE_NAME}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_the_migrations_form_one_line_and_carry_their_number() -> None:
    scripts = list(ScriptDirectory(str(SCRIPTS)).walk_revisions())
    assert [script.revision for script in reversed(scripts)] == database._known_versions(SCRIPTS)
    assert all(Path(script.path).name.startswith(script.revision) for script in scripts)


def test_a_fresh_database_waits_checks_keys_and_writes_ahead(tmp_path: Path) -> None:
    opened = Database(tmp_path)
    with opened.reading() as session:
        pragma = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    opened.close()
    assert pragma == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 15000,
        "synchronous": 2,
    }


def test_a_row_without_its_owner_is_refused(tmp_path: Path) -> None:
    opened = Database(tmp_path)
    with pytest.raises(IntegrityError), opened.writing() as session:
        session.add(SideRow(product_id=77, name="front"))
    opened.close()


def test_a_time_without_zone_is_refused(tmp_path: Path) -> None:
    opened = Database(tmp_path)
    naive = datetime(2026, 1, 1)
    with pytest.raises(StatementError, match="with a zone"), opened.writing() as session:
        session.add(ProductRow(name="A", added_at=naive))
    opened.close()


def test_an_older_database_is_copied_then_brought_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    opened = Database(folder)
    with opened.writing() as session:
        session.add(ProductRow(name="酱油"))
    opened.close()
    Database(folder, scripts=_scripts(tmp_path)).close()
    assert _rows(folder / FILE_NAME, "SELECT name, maker FROM product") == [("酱油", None)]
    assert _rows(folder / FILE_NAME, "SELECT version_num FROM alembic_version") == [(_LATER,)]
    (copy,) = (folder / "backups").iterdir()
    assert copy.name.startswith(f"touchstone-{_NEWEST}-")
    assert _rows(copy, "SELECT name FROM product") == [("酱油",)]
    assert _rows(copy, "SELECT version_num FROM alembic_version") == [(_NEWEST,)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    Database(folder).close()
    scripts = _scripts(tmp_path, then="raise RuntimeError('power lost')")
    with pytest.raises(RuntimeError, match="power lost"):
        Database(folder, scripts=scripts)
    Database(folder).close()
    columns = [row[1] for row in _rows(folder / FILE_NAME, "PRAGMA table_info(product)")]
    assert set(columns) == {column.name for column in ProductRow.__table__.columns}


def test_a_newer_database_is_refused_unchanged(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    Database(folder, scripts=_scripts(tmp_path)).close()
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(NewerWorkspace, match="Install the newer Touchstone") as caught:
        Workspace(folder)
    assert (caught.value.found, caught.value.known) == (_LATER, _NEWEST)
    assert (folder / FILE_NAME).read_bytes() == before


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"a long text, but no database. " * 100)
    with pytest.raises(WorkspaceDamaged, match="not a database"):
        Workspace(tmp_path)


def test_a_broken_database_is_named(tmp_path: Path) -> None:
    with Workspace(tmp_path) as opened:
        opened.record("{}", photo_sha256="", outcome="agrees", gallery_version="")
    file = tmp_path / FILE_NAME
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(WorkspaceDamaged, match="backup"), Workspace(tmp_path) as opened:
        opened.references()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(WorkspaceDamaged, match="another program"):
        Workspace(tmp_path)
    assert _rows(tmp_path / FILE_NAME, "SELECT name FROM sqlite_master") == [("recipes",)]


def test_a_database_in_use_is_named_after_the_wait(tmp_path: Path) -> None:
    opened = Database(tmp_path, busy_s=0.05)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceBusy, match="try again"), opened.writing() as session:
            session.add(ProductRow(name="A"))
        with opened.reading() as session:
            assert session.query(ProductRow).count() == 0
        other.execute("ROLLBACK")
    opened.close()


def test_another_database_can_be_named_by_url(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    with Workspace(tmp_path / "workspace", url=url) as opened:
        opened.record("{}", photo_sha256="", outcome="agrees", gallery_version="")
    assert _rows(tmp_path / "elsewhere.db", "SELECT outcome FROM inspection") == [("agrees",)]
    assert not (tmp_path / "workspace" / FILE_NAME).exists()


def test_the_tables_can_be_made_in_postgresql() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    for table in Table.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_an_up_to_date_workspace_opens_without_alembic(tmp_path: Path) -> None:
    import subprocess
    import sys

    Workspace(tmp_path).close()
    program = (
        "import sys; from app.store import Workspace; Workspace(sys.argv[1]).close();"
        "print('alembic' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout.strip() == "False"


@pytest.mark.parametrize("name", ["a b", "50% #1?", "目录 🙂"])
def test_folders_may_have_any_name(tmp_path: Path, name: str) -> None:
    with Workspace(tmp_path / name) as opened:
        assert opened.references() == ()
    assert (tmp_path / name / FILE_NAME).is_file()
