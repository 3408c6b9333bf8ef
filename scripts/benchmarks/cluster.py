"""A private PostgreSQL server with default settings, and pgbench on it."""
import contextlib
import os
import pathlib
import pwd
import re
import shutil
import subprocess
from typing import Iterator, NamedTuple

from .context import CannotRun
from .server import free_port

SCRIPTS = pathlib.Path(__file__).parent / "pgbench"


class Cluster(NamedTuple):
    programs: pathlib.Path
    port: int

    def url(self, database: str) -> str:
        return f"postgresql://headwaiter@127.0.0.1:{self.port}/{database}"

    def make_database(self, name: str) -> None:
        self.sql("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")

    def sql(self, database: str, *statements: str) -> list[list[str]]:
        """Rows of the last statement, as text."""
        command = [self.programs / "psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d",
                   self.url(database)]
        for statement in statements:
            command += ["-c", statement]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotRun(f"psql: {done.stderr.strip()}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def pgbench(self, database: str, script: str, seconds: float) -> float:
        """Transactions a second of a script, by 8 clients with prepared statements."""
        done = subprocess.run(
            [self.programs / "pgbench", "-n", "-M", "prepared", "-c", "8", "-j", "2", "-T", str(max(1, int(seconds))),
             "-f", SCRIPTS / script, self.url(database)], capture_output=True, text=True, check=False)
        found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
        if done.returncode or not found:
            raise CannotRun(f"pgbench: {done.stderr.strip()[-300:]}")
        return float(found[1])


@contextlib.contextmanager
def cluster(folder: pathlib.Path, more: str = "") -> Iterator[Cluster]:
    """Starts a server in a folder, with more options of its own if need be, and stops it at the end."""
    programs = _programs()
    data, port = folder / "postgresql", free_port()
    data.mkdir()
    user = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        shutil.chown(data, pwd.getpwnam("postgres").pw_uid)
        for parent in [folder, *folder.parents]:
            if not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
        user = ["runuser", "-u", "postgres", "--"]
    _run([*user, programs / "initdb", "-D", data / "cluster", "-A", "trust", "-U", "headwaiter", "--no-instructions"])
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c max_connections=200 {more}"
    control = [*user, programs / "pg_ctl", "-D", data / "cluster", "-w", "-l", data / "log"]
    _run([*control, "-o", options, "start"])
    try:
        yield Cluster(programs, port)
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], capture_output=True, check=False)


def _run(command: list) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise CannotRun(f"{command[-1]}: {done.stderr.strip()[-300:]}")


def _programs() -> pathlib.Path:
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    raise CannotRun("PostgreSQL is not installed (Debian: postgresql)")
