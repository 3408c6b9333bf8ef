"""Tests the API against its own document; scripts/test-api calls this.

  scripts/test-api                  75 seconds, as scripts/test runs it
  scripts/test-api --long           15 minutes
  scripts/test-api --seed N         other data than seed 1
  scripts/test-api --long -- -n 500 what follows -- goes to schemathesis

Starts a server on a temporary SQLite database with a restaurant and an evening of bookings, and asks it everything that its
document promises and much that it forbids: all checks, operations one by one and in sequences. Exits 1 on any finding."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from filled_server import FilledServer

HERE = Path(__file__).resolve().parent
SHORT, LONG = 75, 15 * 60  # seconds


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/test-api", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_const", const=LONG, default=SHORT, dest="seconds", help="15 minutes")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same requests; 1 unless set")
    parser.add_argument("more", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args()


def configuration(known):
    """The fixed part, and what this server has."""
    parts = [f"[dictionaries.{kind}]\nvalues = {json.dumps(values)}\n" for kind, values in known.items()]
    return (HERE / "schemathesis.toml").read_text() + "\n" + "\n".join(parts)


def ask(server, folder, options):
    """The exit code of the run."""
    (folder / "schemathesis.toml").write_text(configuration(server.known))
    (folder / "hooks.py").write_text((HERE / "hooks.py").read_text())
    (folder / "examples.json").write_text(json.dumps(server.examples()))
    return subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), "--config-file", "schemathesis.toml", "run",
         f"{server.url}/v1/openapi.json", "--header", f"Authorization: Bearer {server.key}", "--checks", "all",
         "--seed", str(options.seed), "--max-time", str(options.seconds), *options.more],
        cwd=folder, env=os.environ | {"API_EXAMPLES": str(folder / "examples.json")}).returncode


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends the server too
    print(f"test-api: seed {options.seed}, {options.seconds} s", flush=True)
    with tempfile.TemporaryDirectory(prefix="headwaiter-api-") as name:
        with FilledServer(os.environ["HEADWAITER_BIN"], Path(name)) as server:
            findings = ask(server, Path(name), options)
            died = server.process.poll()
            ended = server.stop()
        if findings or ended:
            print("What the server logged:", *server.log[-40:], sep="\n  ")
    if died is not None:
        print(f"FAIL: the server died with exit code {died}")
    elif ended:
        print(f"FAIL: the server ended with exit code {ended} when asked to stop")
    return 1 if findings or ended else 0


if __name__ == "__main__":
    sys.exit(main())
