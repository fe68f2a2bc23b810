"""Numbers beside their goals, one a line, and how many were missed."""


class Goals:
    """Print each number with its goal; count those that miss it."""

    def __init__(self) -> None:
        self.missed = 0

    def most(self, what: str, found: float, goal: float) -> None:
        """Judge a number that should be at most so much."""
        self._say(what, found, f"at most {goal:,g}", reached=found <= goal)

    def exactly(self, what: str, found: float, goal: float) -> None:
        """Judge a number that should be just this."""
        self._say(what, found, f"{goal:,g}", reached=found == goal)

    def _say(self, what: str, found: float, goal: str, *, reached: bool) -> None:
        self.missed += not reached
        print(f"{what:58} {found:10,.2f}   goal {goal:16} {'reached' if reached else 'MISSED'}", flush=True)
