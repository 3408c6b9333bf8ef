"""A PostgreSQL server of the run's own."""
import contextlib
import os
import pathlib
import pwd
import signal
import socket
import subprocess
import time

from .disk import Disk


def programs() -> pathlib.Path:
    """The newest installed server's programs."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise SystemExit("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return found[-1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """Its disk can be full."""

    def __init__(self, folder: pathlib.Path, durable: bool):
        self.folder, self.data, self.disk = folder, folder / "data", Disk(folder)
        self.port = free_port()
        self.bin = programs()
        self.server: subprocess.Popen | None = None
        # The server does not run as root.
        user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        self.owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        self.give(folder)
        self.call("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write(self.settings(durable))
        self.start()
        self.admin("CREATE DATABASE headwaiter")

    def settings(self, durable: bool) -> str:
        """Nothing of what commits are worth is given up, unless `durable` is false: then only against loss of power."""
        lines = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder,
            "max_connections": 200, "timezone": "UTC", "max_wal_size": "256MB", "restart_after_crash": "on",
            "fsync": "on" if durable else "off", "log_min_error_statement": "panic"}
        return "".join(f"{name} = '{value}'\n" for name, value in lines.items())

    def give(self, path: pathlib.Path) -> None:
        if self.owner:
            os.chown(path, self.owner["user"], self.owner["group"])
            os.chmod(path, 0o755)

    def call(self, program: str, *arguments, check: bool = True) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [str(self.bin / program), *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **self.owner)
        if check and done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()[-500:]}")
        return done

    def address(self, port: int | None = None) -> str:
        return f"postgresql://postgres@127.0.0.1:{port or self.port}/headwaiter"

    def admin(self, sql: str, check: bool = True) -> None:
        self.call("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p", self.port, "-U", "postgres",
                  "-d", "postgres", "-c", sql, check=check)

    # What is done to it.

    def start(self) -> None:
        """Returns once it takes connections."""
        self.launch()
        deadline = time.monotonic() + 60
        while not self.takes_connections:
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {self.log[-500:]}")
            time.sleep(0.05)

    def launch(self) -> None:
        """As a child of this process, which hears of its end."""
        with open(self.folder / "server.log", "a") as log:
            self.server = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", str(self.data)], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, env=os.environ | self.disk.environment, **self.owner)

    def keep_up(self) -> None:
        """What a service manager does: starts it again if it has ended."""
        if self.server.poll() is not None:
            self.launch()

    @property
    def takes_connections(self) -> bool:
        return self.call("pg_isready", "-q", "-h", self.folder, "-p", self.port, check=False).returncode == 0

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def stop(self, mode: str) -> None:
        self.server.send_signal({"fast": signal.SIGINT, "immediate": signal.SIGQUIT}[mode])
        self.server.wait(60)

    def kill(self) -> None:
        """kill -9 of the server and of all its processes."""
        parent = self.server.pid
        children = [int(pid) for pid in pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
        for pid in [parent, *children]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.server.wait(60)
        while any(map(is_running, children)):
            time.sleep(0.02)

    def fill_disk(self, folder: str) -> None:
        """No file in that folder of its data can grow."""
        self.disk.fill(f"{self.data}/{folder}/" if folder else f"{self.data}/")

    def use_up_log(self) -> None:
        """The next transaction needs a new file of the log. Fails where there is no room for one."""
        self.admin("SELECT pg_logical_emit_message(false, 'chaos', 'a new file'), pg_switch_wal()", check=False)

    def refuse_writes(self, refuses: bool) -> None:
        self.admin(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if refuses else 'off'}")
        self.admin("SELECT pg_reload_conf()")

    def cut_connections(self) -> None:
        self.admin(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'headwaiter' "
            "AND application_name LIKE 'headwaiter%'")

    def end(self) -> None:
        if self.server.poll() is None:
            self.stop("immediate")


def is_running(pid: int) -> bool:
    """A zombie has ended."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
