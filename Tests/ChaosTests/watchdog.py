"""Ends what a run has started, and deletes its folder, however the run ends."""
import pathlib
import subprocess

# Waits for the end of its input. Each pid file names a process to end; a database server is given a moment.
SCRIPT = """
trap '' INT TERM HUP
cat >/dev/null
for file in "$1"/*/*.pid; do
  [ -f "$file" ] && kill -KILL "$(cat "$file")" 2>/dev/null
done
for file in "$1"/*/data/postmaster.pid; do
  [ -f "$file" ] || continue
  pid=$(head -n 1 "$file")
  kill -QUIT "$pid" 2>/dev/null
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -KILL "$pid" 2>/dev/null
done
[ -n "$2" ] || rm -rf "$1"
"""


class Watchdog:
    """A shell that outlives this process by a moment."""

    def __init__(self, folder: pathlib.Path, keeps: bool):
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", SCRIPT, "watchdog", str(folder), "keep" if keeps else ""], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, start_new_session=True)

    def finish(self) -> None:
        """Lets it do its work now."""
        self.process.stdin.close()
        self.process.wait(60)
