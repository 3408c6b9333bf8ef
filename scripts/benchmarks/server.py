"""A `headwaiter serve` process on a database and a free port of its own."""
import contextlib
import pathlib
import resource
import signal
import socket
import subprocess
import time
from typing import Iterator, NamedTuple

from . import client, wire
from .context import CannotRun, Context

V3 = {"FEATURE_ASSIGNMENT_PIPELINE_V3": "true"}
# Every booking is stored with its job first, and takes its lease: without this most take none.
STORED_FIRST = V3 | {"HEADWAITER_SEAT_AT_ONCE": "false"}
_READY = wire.request("GET", "/readyz", headers={"Connection": "close"})


class Server(NamedTuple):
    process: subprocess.Popen
    port: int
    database: pathlib.Path
    ready_ms: float
    """From exec to the first 200 of /readyz."""

    def memory_mb(self) -> tuple[float, float]:
        """Resident memory now, and at most so far."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        kilobytes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
        return int(kilobytes["VmRSS"]) / 1024, int(kilobytes["VmHWM"]) / 1024

    def put_restaurants(self, restaurants: list[dict]) -> None:
        for restaurant in restaurants:
            status, body = client.one(self.port, wire.put_restaurant(restaurant))
            if status not in (200, 201, 204):
                raise CannotRun(f"PUT of a restaurant answered {status}: {body[:300].decode(errors='replace')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(
    context: Context, folder: pathlib.Path, address: str = "", **flags: str
) -> Iterator[Server]:
    """Starts a server, on a SQLite file of the folder unless another database is named, and stops it at the end."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))
    port, database = free_port(), folder / "headwaiter.sqlite"
    log = folder / f"server-{port}.log"
    command = [context.program, "serve", "--port", str(port), "--database", address or f"sqlite:{database}"]
    with open(log, "wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=context.environment(**flags), stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        _wait_until_ready(process, port, log)
        yield Server(process, port, database, (time.perf_counter() - started) * 1000)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen, port: int, log: pathlib.Path, seconds: float = 30) -> None:
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise CannotRun(f"serve ended with {process.returncode}: {log.read_text(errors='replace')[-600:].strip()}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            probe.sendall(_READY)
            if probe.recv(64).split(b" ")[1:2] == [b"200"]:
                return
        time.sleep(0.002)
    raise CannotRun(f"serve was not ready within {seconds} s: {log.read_text(errors='replace')[-600:].strip()}")
