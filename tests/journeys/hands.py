"""Two ways to use a page: with a finger, and with the keyboard alone."""

from playwright.sync_api import Locator, Page

FURTHEST = 150  # presses of Tab; a page that needs more is not usable with keys


class Finger:
    """Touch what one sees."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """Press a button or follow a link by its words, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self._reach(named(self.page, name))

    def fill(self, field: Locator, words: str) -> None:
        field.fill(words)

    def tick(self, box: Locator) -> None:
        box.check()

    def _reach(self, target: Locator) -> None:
        target.click()


class Keys(Finger):
    """Tab, arrows, space, Enter and letters; nothing is touched."""

    def fill(self, field: Locator, words: str) -> None:
        self._tab_to(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def tick(self, box: Locator) -> None:
        if box.get_attribute("type") == "radio":
            self._arrow_to(box)
        else:
            self._tab_to(box)
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def _reach(self, target: Locator) -> None:
        self._tab_to(target)
        self.page.keyboard.press("Enter")

    def _tab_to(self, target: Locator) -> None:
        target.wait_for()
        for _ in range(FURTHEST):
            if is_focused(target):
                assert has_ring(target), "the focus cannot be seen"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached with Tab")

    def _arrow_to(self, radio: Locator) -> None:
        """Tab to the group, then walk in it: as browsers do, one stop a group."""
        group = self.page.locator(f"input[type=radio][name='{radio.get_attribute('name')}']")
        for _ in range(FURTHEST):
            if any(is_focused(one) for one in group.all()):
                break
            self.page.keyboard.press("Tab")
        for _ in range(group.count()):
            if is_focused(radio):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")


def named(page: Page, name: str) -> Locator:
    """Return the first button or link with these words."""
    return page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first


def is_focused(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))


def has_ring(target: Locator) -> bool:
    """Say whether the focused thing, or the label around it, shows an outline."""
    return bool(
        target.evaluate(
            "e => [e, e.closest('label'), e.parentElement, e.nextElementSibling].some(x => x && "
            "(getComputedStyle(x).outlineStyle !== 'none' || getComputedStyle(x, '::after').outlineStyle !== 'none'))"
        )
    )
