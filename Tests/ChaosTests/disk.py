"""A disk that is full when it is told to be: a library that is loaded into a server, see full_disk.c."""
import os
import pathlib
import shutil
import subprocess

SOURCE = pathlib.Path(__file__).with_name("full_disk.c")
NO_COMPILER = "there is no C compiler (Debian: apt-get install gcc), so no disk can be full"


def compiler() -> str | None:
    """The machine's own, or the one that comes with Swift."""
    for name in ("cc", "gcc", "clang"):
        if path := shutil.which(name):
            return path
    swift = shutil.which("swift")
    beside = pathlib.Path(swift).resolve().with_name("clang") if swift else None
    return str(beside) if beside and beside.exists() else None


class Disk:
    """Belongs to the servers that are started with its environment."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder / "full-disk"
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.flag, self.refusals, library = self.folder / "full", self.folder / "refused", self.folder / "full_disk.so"
        # Whoever runs the server writes to it.
        self.refusals.touch()
        self.refusals.chmod(0o666)
        self.environment: dict[str, str] = {}
        if program := compiler():
            subprocess.run([program, "-shared", "-fPIC", "-Wall", "-o", library, SOURCE, "-ldl"], check=True)
            self.environment = {"LD_PRELOAD": str(library), "FULL_DISK": str(self.folder)}

    @property
    def can_be_full(self) -> bool:
        return bool(self.environment)

    def fill(self, start: str) -> None:
        """From now on no file grows whose path begins so."""
        new = self.flag.with_suffix(".new")
        new.write_text(os.path.realpath(start) + ("/" if start.endswith("/") else ""))
        new.chmod(0o644)
        new.replace(self.flag)

    def empty(self) -> None:
        self.flag.unlink(missing_ok=True)

    @property
    def refused(self) -> int:
        """How many writes it has refused so far."""
        return self.refusals.stat().st_size
