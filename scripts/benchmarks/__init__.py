"""The parts of scripts/bench, one a file."""
