"""Instances of `headwaiter serve`, and what is done to them."""
import os
import pathlib
import signal
import subprocess
import threading
import time

from .cluster import free_port


class Instance:
    """One process and its successors on one port."""

    def __init__(self, number: int, folder: pathlib.Path, program: str, address: str, settings: str):
        self.number, self.program, self.address = number, program, address
        self.folder = folder / f"instance-{number}"
        self.folder.mkdir()
        self.port = free_port()
        self.faults = self.folder / "faults"
        self.deliveries = self.folder / "deliveries"
        self.settings = f"file={self.faults},notice_log={self.deliveries},{settings}".rstrip(",")
        self.process: subprocess.Popen | None = None
        # Raised whenever the process is one that must answer, or no longer must.
        self.incarnation = 0
        self.must_answer = False
        self.is_paused = False
        self.ready_since = 0.0

    def __str__(self) -> str:
        return f"instance {self.number}"

    def launch(self, role: str = "all", pipeline: str = "true", at_once: str = "true") -> None:
        """Starts a process; does not wait.

        With at_once "false" it stores every booking first and leaves it to the workers."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("HEADWAITER_", "FEATURE_"))}
        environment |= {"FEATURE_ASSIGNMENT_PIPELINE_V3": pipeline, "HEADWAITER_FAULTS": self.settings,
                        "HEADWAITER_SEAT_AT_ONCE": at_once}
        with open(self.folder / "log", "a") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--port", str(self.port), "--role", role, "--database", self.address],
                cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        (self.folder / "process.pid").write_text(str(self.process.pid))

    def start(self, client, **choices) -> None:
        self.launch(**choices)
        deadline = time.monotonic() + 30
        while not client.call(self.port, "GET", "/healthz", timeout=5).is_good:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self} did not start: {self.last_words()}")
            time.sleep(0.02)
        self.expect(True)

    def expect(self, must_answer: bool) -> None:
        self.must_answer = must_answer
        self.ready_since = time.monotonic()
        self.incarnation += 1

    def last_words(self) -> str:
        return (self.folder / "log").read_text()[-600:]

    def inject(self, rules: str) -> None:
        """Takes effect at once; an empty text ends all faults."""
        new = self.faults.with_suffix(".new")
        new.write_text(rules)
        new.replace(self.faults)

    def kill(self) -> None:
        self.expect(False)
        self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        self.expect(False)
        self.is_paused = True
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.is_paused = False
        self.expect(True)

    def stop(self) -> int:
        """Asks it to end. Returns its exit code; one that does not end is killed."""
        self.expect(False)
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def destroy(self) -> None:
        self.expect(False)
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    @property
    def sent(self) -> int:
        """How much it has written about notices that it sent."""
        return self.deliveries.stat().st_size if self.deliveries.exists() else 0

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None and not self.is_paused

    @property
    def died_unasked(self) -> bool:
        return self.must_answer and self.process.poll() is not None


class Fleet:
    """The instances of an arena."""

    def __init__(self, instances: list[Instance], client):
        self.instances, self.client = instances, client

    def __iter__(self):
        return iter(self.instances)

    def start(self) -> None:
        self.instances[0].start(self.client)
        starts = [threading.Thread(target=each.start, args=(self.client,)) for each in self.instances[1:]]
        for start in starts:
            start.start()
        for start in starts:
            start.join()

    def pick(self, rng) -> Instance:
        """One that could answer; drawn so that the draw itself depends on the seed alone."""
        draw = rng.randrange(1 << 30)
        up = [each for each in self.instances if each.is_up] or self.instances
        return up[draw % len(up)]

    def inject(self, rules: str) -> None:
        for instance in self.instances:
            instance.inject(rules)
