"""Plants violations and makes sure that each is found where it is, and that what is allowed is not."""
import pathlib
import tempfile

from . import rules
from .table import LAYERS


def _package(changes: dict[str, set[str]] | None = None) -> dict:
    """A package dump that declares the layers, with some targets changed."""
    declared = {name: set(target.uses) for name, target in LAYERS.items()} | (changes or {})
    return {"targets": [
        {"name": name, "type": "regular", "dependencies": [{"byName": [used, None]} for used in sorted(uses)]}
        for name, uses in declared.items()
    ]}


# What is planted: target or "Tests", source, and the rules that must be reported, as (line, rule).
_FILES = [
    ("BookingDomain", "import SeatingEngine", [(1, "import")]),
    ("BookingDomain", "// head\n\npublic import SeatingEngine", [(3, "import")]),
    ("AssignmentStore", "internal import AssignmentPipeline", [(1, "import")]),
    ("HeadwaiterServer", "@testable import SQLiteStore", [(1, "import")]),
    ("HeadwaiterServer", "@testable import AssignmentStore", [(1, "tests-only")]),
    ("SeatingEngine", "@preconcurrency public import struct Logging.Logger", [(1, "import"), (1, "pure")]),
    ("SeatingEngine", "import BookingDomain; import Dispatch", [(1, "import")]),
    ("SeatingEngine", "#if canImport(Glibc)\nimport Glibc\n#endif", [(2, "import")]),
    ("AssignmentPipeline", "import GRDB", [(1, "guarded")]),
    ("Bootstrap", "import GRDB", [(1, "guarded")]),
    ("SQLiteStore", "import CLibPQ", [(1, "guarded")]),
    ("headwaiter", "import Hummingbird", [(1, "guarded")]),
    ("Bootstrap", "import HeadwaiterTesting", [(1, "tests-only")]),
    ("headwaiter", "import Testing", [(1, "tests-only")]),
    ("Unheard", "let x = 1", [(1, "declared")]),
    ("BookingDomain", "let x = Date()", [(1, "pure")]),
    ("BookingDomain", "let x = Date( )\nlet y = Date.now", [(1, "pure"), (2, "pure")]),
    ("BookingDomain", "let x: Date = .now", [(1, "pure")]),
    ("SeatingEngine", "let x = UUID()", [(1, "pure")]),
    ("SeatingEngine", "let x = \"id \\(UUID())\"", [(1, "pure")]),
    ("SeatingEngine", "var g = SystemRandomNumberGenerator()", [(1, "pure")]),
    ("SeatingEngine", "let x = Int.random(in: 0..<(3 + f(1)))", [(1, "pure")]),
    ("DemandModel", "let x = list.shuffled()", [(1, "pure")]),
    ("DemandModel", "let x = list.randomElement()", [(1, "pure")]),
    ("SeatingEngine", "let x = key.hashValue", [(1, "pure")]),
    ("Resilience", "print(\"open\")", [(1, "pure")]),
    ("Resilience", "let x = FileManager.default", [(1, "pure")]),
    ("Resilience", "let x = Logger(label: \"x\")", [(1, "pure")]),
    ("Resilience", "let clock = ContinuousClock()", [(1, "pure")]),
    ("Resilience", "func f(clock: any Clock = SuspendingClock()) {}", [(1, "pure")]),
    ("Resilience", "func f(clock: any Clock = .continuous) {}", [(1, "pure")]),
    ("Resilience", "try await Task.sleep(for: .seconds(1))", [(1, "pure")]),
    ("AssignmentPipeline", "let q = \"INSERT INTO bookings VALUES (1)\"", [(1, "sql")]),
    ("headwaiter", "let q = \"\"\"\n  x\n  SELECT id\n  FROM bookings\n  \"\"\"", [(3, "sql")]),
    ("Bootstrap", "let q = \"UPDATE \\(table) SET x = 1\"", [(1, "sql")]),
    ("Bootstrap", "let q = #\"PRAGMA \"x\"#; let r = \"PRAGMA synchronous\"", [(1, "sql")]),
    ("AssignmentPipeline", "import Synchronization\nlet m = Mutex(0)", [(2, "mutex")]),
    ("Tests", "let m = Mutex<Int>(0)", [(1, "mutex")]),
    ("BookingDomain", "booking.state = .failed", [(1, "state")]),
    ("HeadwaiterServer", "let unit = WriteUnit(label: \"x\")", [(1, "writer")]),
    ("SQLiteStore", "let m = BookingMutation(booking)", [(1, "writer")]),
    # Allowed: nothing may be reported.
    ("BookingDomain", "import Foundation\nlet x = Date(timeIntervalSince1970: 0)", []),
    ("BookingDomain", "// import GRDB, Date(), UUID()\n/* a /* b */ print(1) */\nlet x = \"Date() import GRDB\"", []),
    ("SeatingEngine", "let x = Int.random(in: f(1)..<3, using: &generator)\nlet y = list.shuffled(using: &g)", []),
    ("SeatingEngine", "let x = \"select a table from the floor\"", []),
    ("Resilience", "let x = clock.now\ntry await Task.sleep(for: .seconds(1), clock: clock)", []),
    ("Resilience", "import Glibc\nvar lock = pthread_mutex_t()", []),
    ("Resilience", "func hash(into hasher: inout Hasher) { x.hash(into: &hasher) }", []),
    ("SQLiteStore", "import GRDB\nimport BookingDomain\nlet q = \"SELECT 1 FROM bookings\"", []),
    ("AssignmentPipeline", "let unit = WriteUnit(label: \"x\")\nlet t = booking.state == .failed", []),
    ("HeadwaiterServer", "public import Hummingbird\nlet id = UUID()", []),
    ("Tests", "import HeadwaiterTesting\nlet q = \"DELETE FROM bookings\"", []),
]

# What Package.swift declares, changed, and the words that the report must have.
_PACKAGES = [
    ({"BookingDomain": {"Logging"}}, "BookingDomain declares Logging"),
    (
        {"Bootstrap": set(LAYERS["Bootstrap"].uses) | {"HeadwaiterTesting"}},
        "Package.swift:2: [declared] Bootstrap declares HeadwaiterTesting",
    ),
    (
        {"SQLiteStore": set(LAYERS["SQLiteStore"].uses) - {"AssignmentStore"}},
        "may use AssignmentStore but does not declare it",
    ),
    ({"Unheard": set()}, "target Unheard is not in"),
]


def _failures_of_file(number: int, target: str, text: str, expected: list[tuple[int, str]]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        name = f"Tests/SomeTests/Case{number}.swift" if target == "Tests" else f"Sources/{target}/Case{number}.swift"
        path = root / name
        path.parent.mkdir(parents=True)
        path.write_text(text + "\n", encoding="utf-8")
        (root / "Package.swift").write_text("")
        found = rules.check(root, _package()).violations
    reported = sorted((each.line, each.rule) for each in found)
    if reported == sorted(expected) and all(each.path == name for each in found):
        return []
    return [f"planted in {target}: {text!r}\n  expected {expected}, reported {[str(each) for each in found]}"]


def run() -> int:
    failures = []
    for number, (target, text, expected) in enumerate(_FILES):
        failures += _failures_of_file(number, target, text, expected)
    for changes, words in _PACKAGES:
        found = [str(each) for each in rules.check_package(_package(changes), '\nname: "Bootstrap"')]
        if len(found) != 1 or words not in found[0]:
            failures.append(f"package with {changes}\n  expected {words!r}, reported {found}")
    if list(rules.check_package(_package(), "")):
        failures.append("the package as listed is reported")
    for failure in failures:
        print(failure)
    planted = sum(1 for each in _FILES if each[2]) + len(_PACKAGES)
    if failures:
        print(f"layers self-test: {len(failures)} of {len(_FILES) + len(_PACKAGES) + 1} cases failed")
        return 1
    print(f"layers self-test: {planted} planted violations found, nothing else reported")
    return 0
