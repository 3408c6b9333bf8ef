"""The rules that the layers keep, each reported with the place where it is broken."""
import pathlib
import re
from typing import Iterator, NamedTuple

from . import swift_source as swift
from .table import (
    EXTRA_SYSTEM_MODULES, GUARDED, LAYERS, PURE, PURE_SYSTEM_MODULES, STORES, SYSTEM_MODULES, TESTS_ONLY, WRITERS)


class Violation(NamedTuple):
    path: str
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.rule}] {self.what}"


class Report(NamedTuple):
    violations: list[Violation]
    files: int
    targets: int


# Rule 2. Code (no comments, no text) that reads a clock, draws at random, makes ids, does I/O or logs.
_IMPURE = [
    (r"(?<![\w.])Date\s*\(\s*\)", "Date() reads the clock"),
    (r"\bDate\s*\(\s*timeIntervalSinceNow\b", "Date(timeIntervalSinceNow:) reads the clock"),
    (r"\bDate\s*\.\s*now\b", "Date.now reads the clock"),
    (r"(?<![\w)\]>?!])\.now\b", ".now reads the clock"),
    (r"\b(ContinuousClock|SuspendingClock)\s*(\(|\.\s*init\b|\.\s*now\b)", "makes a clock; take one as an argument"),
    (r"(?<![\w)\]])\.(continuous|suspending)\b", "makes a clock; take one as an argument"),
    (r"\b(DispatchTime|DispatchWallTime|clock_gettime|gettimeofday)\b", "reads the clock"),
    (r"\bUUID\s*\(\s*\)", "UUID() is random; take ids as arguments"),
    (r"\bSystemRandomNumberGenerator\b", "the system's random source; take a seeded generator"),
    (r"\b(arc4random\w*|drand48|getrandom)\b", "the system's random source; take a seeded generator"),
    (r"\bHasher\s*\(\s*\)|\.hashValue\b", "hashes differ from process to process"),
    (r"(?<![\w.])(?<!func )(print|debugPrint|dump|NSLog|readLine)\s*\(", "input or output"),
    (r"\b(FileManager|FileHandle|ProcessInfo|URLSession)\b|\bgetenv\s*\(", "touches the system"),
    (r"\b(contentsOfFile|contentsOfDirectory)\b", "reads files"),
    (r"\bLogger\b", "logging"),
]
_IMPURE = [(re.compile(pattern), why) for pattern, why in _IMPURE]

# Calls that are pure only with the argument named.
_NEEDS = [
    (re.compile(r"\.(random|randomElement|shuffled|shuffle)\s*(\()"), "using:", "draws at random without `using:`"),
    (re.compile(r"\bTask\s*\.\s*(sleep)\s*(\()"), "clock:", "sleeps on the real clock; pass `clock:`"),
]

# Rule 3. Statements, not prose: the words in capitals.
_SQL = re.compile(
    r"\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bSELECT\b.*\bFROM\b|\bUPDATE\s+\S+\s+SET\b|\bDELETE\s+FROM\b"
    r"|\b(CREATE|ALTER|DROP)\s+(UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\b|\bPRAGMA\s+\w",
    re.DOTALL)

_STATE_ASSIGNMENT = re.compile(r"\bbooking\.state\s*=(?!=)")
_WRITE_VALUE = re.compile(r"(?<![\w.])(WriteUnit|BookingMutation)\s*\(")
_MUTEX = re.compile(r"(?<!\w)Mutex\b")


def check(root: pathlib.Path, package: dict) -> Report:
    """Checks a checkout; `package` is what `swift package dump-package` prints."""
    manifest = root / "Package.swift"
    violations = [*check_table(), *check_package(package, manifest.read_text(encoding="utf-8"))]
    files = 0
    for path in sorted((root / "Sources").rglob("*.swift")):
        files += 1
        place = path.relative_to(root)
        violations += check_file(str(place), place.parts[1], path.read_text(encoding="utf-8"))
    for path in sorted((root / "Tests").rglob("*.swift")):
        files += 1
        source = swift.read(path.read_text(encoding="utf-8"))
        violations += _check_mutex(str(path.relative_to(root)), source.code)
    return Report(sorted(violations), files, len(LAYERS))


def check_table() -> Iterator[Violation]:
    """Rule 1 for the list itself: it points downwards, or to a neighbour."""
    for name, target in LAYERS.items():
        for used in target.uses & LAYERS.keys():
            if LAYERS[used].level > target.level:
                yield Violation(
                    "scripts/layers/table.py", 1, "downwards", f"{name} (L{target.level}) lists {used} above it")


def check_package(package: dict, manifest: str) -> Iterator[Violation]:
    """Rules 1 and 5 for what Package.swift declares; its text is for the lines."""
    declared = {
        target["name"]: {_dependency(each) for each in target["dependencies"]}
        for target in package["targets"] if target["type"] in ("regular", "executable", "system")
    }
    for name in sorted(declared.keys() | LAYERS.keys()):
        line = swift.line_of(manifest, max(manifest.find(f'name: "{name}"'), 0))
        if name not in LAYERS:
            problems = [f"target {name} is not in scripts/layers/table.py"]
        elif name not in declared:
            problems = [f"target {name} is listed as a layer but not declared"]
        else:
            uses = LAYERS[name].uses
            problems = [f"{name} declares {extra}, which its layer may not use" for extra in declared[name] - uses]
            problems += [f"{name} may use {missing} but does not declare it" for missing in uses - declared[name]]
        for problem in sorted(problems):
            yield Violation("Package.swift", line, "declared", problem)


def _dependency(entry: dict) -> str:
    return next(iter(entry.values()))[0]


def check_file(path: str, target: str, text: str) -> Iterator[Violation]:
    """Every rule for one file of a target of Sources."""
    source = swift.read(text)
    if target not in LAYERS:
        yield Violation(path, 1, "declared", f"target {target} is not in scripts/layers/table.py")
        return
    yield from _check_imports(path, target, source.code)
    yield from _check_mutex(path, source.code)
    if target in PURE:
        yield from _check_purity(path, source.code)
    if target not in STORES:
        for line, literal in source.texts:
            if found := _SQL.search(literal):
                yield Violation(
                    path, line + literal.count("\n", 0, found.start()), "sql",
                    "SQL belongs in the stores and in queries/")
    yield from _check_writes(path, target, source.code)


def _check_imports(path: str, target: str, code: str) -> Iterator[Violation]:
    system = PURE_SYSTEM_MODULES if target in PURE else SYSTEM_MODULES
    allowed = LAYERS[target].uses | system | EXTRA_SYSTEM_MODULES.get(target, set()) | {"Swift", "_Concurrency"}
    for found in swift.imports(code):
        if found.module in TESTS_ONLY and target not in TESTS_ONLY:
            yield Violation(path, found.line, "tests-only", f"{found.module} is for tests only")
        elif target not in GUARDED.get(found.module, {target}):
            owners = " and ".join(sorted(GUARDED[found.module]))
            yield Violation(path, found.line, "guarded", f"only {owners} may import {found.module}, not {target}")
        elif found.module not in allowed:
            yield Violation(path, found.line, "import", f"{target} may not import {found.module}")
        elif found.testable:
            yield Violation(path, found.line, "tests-only", "@testable is for tests only")


def _check_mutex(path: str, code: str) -> Iterator[Violation]:
    for found in _MUTEX.finditer(code):
        yield Violation(
            path, swift.line_of(code, found.start()), "mutex", "the thread sanitizer cannot see Mutex; use Locked")


def _check_purity(path: str, code: str) -> Iterator[Violation]:
    for pattern, why in _IMPURE:
        for found in pattern.finditer(code):
            yield Violation(path, swift.line_of(code, found.start()), "pure", why)
    for pattern, needed, why in _NEEDS:
        for found in pattern.finditer(code):
            if needed not in swift.arguments(code, found.start(2)):
                yield Violation(path, swift.line_of(code, found.start()), "pure", f"{found.group(1)} {why}")


def _check_writes(path: str, target: str, code: str) -> Iterator[Violation]:
    """Rule 4: only the pipeline writes; a booking's state is assigned in its mutation alone."""
    if not path.endswith("/BookingMutation.swift"):
        for found in _STATE_ASSIGNMENT.finditer(code):
            yield Violation(
                path, swift.line_of(code, found.start()), "state", "only BookingMutation assigns a booking's state")
    if target not in WRITERS:
        for found in _WRITE_VALUE.finditer(code):
            yield Violation(
                path, swift.line_of(code, found.start()), "writer", f"only the pipeline makes a {found.group(1)}")
