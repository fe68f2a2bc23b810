"""What allauth asks of us: who may have an account, where links point, what a code looks like."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Colead's answers to allauth's questions."""
