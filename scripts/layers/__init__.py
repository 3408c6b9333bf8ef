"""The layer check; see scripts/check-layers."""
