"""Tests the metrics and what stands on them; scripts/test-metrics calls this.

  scripts/test-metrics            all of it, in order
  scripts/test-metrics -v         with the name of each test"""

import argparse
import pathlib
import sys
import unittest

# An instance, a terminal and the blocks of a page are those of the tests of operating.
sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "OperationsTests"))

import test_exposition  # noqa: E402
import test_monitoring  # noqa: E402
import test_postgresql  # noqa: E402
import test_rules  # noqa: E402
import test_runbooks  # noqa: E402
from scene import OnScene, Scene  # noqa: E402

CLASSES = [
    test_rules.Rules, test_exposition.Exposition, test_monitoring.Monitoring, test_runbooks.Runbooks,
    test_postgresql.OnPostgreSQL]


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/test-metrics", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", "--verbose", action="store_true", help="the name of each test")
    verbosity = 2 if parser.parse_args().verbose else 1
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    OnScene.scene = Scene()
    try:
        suite = unittest.TestSuite(load(case) for case in CLASSES)
        return 0 if unittest.TextTestRunner(verbosity=verbosity, failfast=True).run(suite).wasSuccessful() else 1
    finally:
        OnScene.scene.close()


if __name__ == "__main__":
    sys.exit(main())
