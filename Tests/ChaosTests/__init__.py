"""Faults under steady load, judged from outside by SQL; see scripts/chaos."""
