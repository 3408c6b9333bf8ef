"""Tests what the documentation says about operating Headwaiter; scripts/test-operations calls this.

  scripts/test-operations            all of it, in order
  scripts/test-operations -v         with the name of each test"""

import argparse
import sys
import unittest

import test_connections
import test_files
import test_guides
import test_operating
import test_restore
import test_rollback
import test_roles
from site_under_test import OnSite, Site

CLASSES = [
    test_roles.Roles, test_connections.Connections, test_operating.Upgrade, test_rollback.Rollback, test_restore.Restore,
    test_guides.Guides, test_files.Files]


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/test-operations", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", "--verbose", action="store_true", help="the name of each test")
    verbosity = 2 if parser.parse_args().verbose else 1
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    OnSite.site = Site()
    try:
        suite = unittest.TestSuite(load(case) for case in CLASSES)
        return 0 if unittest.TextTestRunner(verbosity=verbosity, failfast=True).run(suite).wasSuccessful() else 1
    finally:
        OnSite.site.close()


if __name__ == "__main__":
    sys.exit(main())
