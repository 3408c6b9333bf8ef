"""Whether a fault happened at all."""


class NoEffect(Exception):
    """It could not be injected: nothing that holds then says anything about it."""
