"""A real PostgreSQL for tests, from the packages of the system: started once, then stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_ACCOUNTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root


class PostgresServer:
    """A server on a socket of its own, which nobody else sees; `why_not` says why there is none."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="touchstone-pg-", dir="/tmp"))
        self._made = 0
        self.why_not = self._try_start()

    def new_database(self) -> str:
        """The address of a fresh, empty database."""
        self._made += 1
        name = f"gallery_{self._made}"
        self.run("createdb", "-h", str(self.folder), "-U", "touchstone", name)
        return f"postgresql://touchstone@/{name}?host={self.folder}"

    def start(self) -> None:
        """Let it answer."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        log = ("-l", str(self.folder / "log"))
        self.run("pg_ctl", "-D", str(self.folder / "data"), *log, "-o", options, "-w", "start")

    def stop(self) -> None:
        """Let it fall silent, as when its plug is pulled."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def close(self) -> None:
        """Stop it and leave nothing behind."""
        if self.why_not is None and (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, as an account that is not root."""
        found = _program(program)
        assert found is not None
        done = subprocess.run(
            [found, *arguments],
            user=_account(),
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr.decode(errors='replace')}")

    def _try_start(self) -> str | None:
        if os.name != "posix":
            return "PostgreSQL is started for tests on Linux only"
        if _program("initdb") is None:
            return "PostgreSQL is not installed here: apt-get install postgresql"
        if os.geteuid() == 0 and _account() is None:
            return f"PostgreSQL does not run as root, and there is no account {_ACCOUNTS}"
        account = _account()
        if account is not None:
            shutil.chown(self.folder, account)
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-U", "touchstone", "-A", "trust", "-E", "UTF8", "-N")
        self.start()
        return None


def _program(name: str) -> str | None:
    """Debian keeps the server's programs off the path, under their version."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(beside[-1]) if beside else shutil.which(name)


def _account() -> str | None:
    """Whom to run as; None: as who we are."""
    if os.geteuid() != 0:
        return None
    known = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return next((name for name in _ACCOUNTS if name in known), None)
