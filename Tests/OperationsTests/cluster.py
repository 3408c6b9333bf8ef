"""PostgreSQL servers and PgBouncers of the tests' own, in a temporary folder."""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import time


def programs() -> pathlib.Path:
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    assert program, "PostgreSQL is not installed (Debian: postgresql)"
    return pathlib.Path(program).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def as_server(command: list) -> list[str]:
    """PostgreSQL and PgBouncer refuse to run as root."""
    return [*(["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []), *map(str, command)]


def own(*paths: pathlib.Path) -> None:
    """Gives files to the user that the servers run as."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)


def run(command: list) -> None:
    done = subprocess.run(
        as_server(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        cwd="/")
    assert done.returncode == 0, f"{' '.join(map(str, command))}: {done.stderr.strip()}"


class Cluster:
    """A server that listens on localhost, and on a Unix socket in its folder, where everybody is trusted."""

    def __init__(self, folder: pathlib.Path):
        self.folder, self.data, self.port = folder, folder / "data", free_port()
        folder.mkdir()
        own(folder)

    def create(self) -> None:
        run([programs() / "initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "--no-instructions", "--no-sync"])

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=localhost -c shared_buffers=16MB"
        # When a switch, and each step of a booking, became true.
        options += " -c track_commit_timestamp=on"
        self.control("start", "-l", self.folder / "log", "-o", options)

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.control("stop", "-m", "fast")

    def control(self, *arguments) -> None:
        run([programs() / "pg_ctl", "-D", self.data, "-w", *arguments])

    def environment(self) -> dict[str, str]:
        """For a superuser at the server."""
        return {"PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": "postgres"}

    def sql(self, statement: str, database: str = "headwaiter", role: str = "postgres") -> str:
        """Rows as text; fails with what the server says."""
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-p", str(self.port),
                   "-U", role, "-d", database, "-c", statement]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise Refused(done.stderr.strip())
        return done.stdout.strip()

    def let_in(self, rules: str) -> None:
        """Puts lines at the top of pg_hba.conf."""
        file = self.data / "pg_hba.conf"
        file.write_text(rules + file.read_text())
        self.sql("SELECT pg_reload_conf()", "postgres")

    def wait_for(self, statement: str, wanted: str, database: str = "postgres", seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while (found := self.sql(statement, database)) != wanted:
            assert time.monotonic() < deadline, f"{statement} stays {found}"
            time.sleep(0.05)


class Refused(Exception):
    """What the server answered to a statement."""


class Bouncer:
    """A running PgBouncer."""

    def __init__(self, folder: pathlib.Path, configuration: str):
        self.file = folder / "pgbouncer.ini"
        self.file.write_text(configuration)
        own(self.file)
        program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
        self.process = subprocess.Popen(
            as_server([program, "-q", self.file]), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, cwd="/")

    def wait(self, port: int) -> None:
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                assert time.monotonic() < deadline and self.process.poll() is None, "PgBouncer did not start"
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
