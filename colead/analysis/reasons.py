"""The words for a number that is not shown; each completes "not shown, because ..."."""

import re

from colead.analysis.words import Translate, mark

_ = mark

TOO_FEW_PEOPLE = _("fewer than {least} people answered")
TOO_SMALL_A_SHARE = _("fewer than {percent} in 100 people answered")
TOO_FEW_HERE = _("too few people answered this part")
TOO_FEW_FOR_DETAIL = _("it takes {least} answers to show this")
BY_QUESTION = _("this part is read question by question")
ALIKE = _("nearly everyone answered alike, so this would give single answers away")
SKIPPED = _("the answers of the few who skipped a question could be worked out")
NO_GROUPS = _("the groups are too small to stand apart")
GROUP_TOO_SMALL = _("too few people of one group answered this part")
FIRST_WAVE = _("this is the first round")
NOT_COMPARABLE = _("the questions of this part have changed")
NOT_BEFORE = _("there is no shown result of the round before")
NONE_COMPARED = _("no condition can be compared")
POOL_TOO_SMALL = _("it takes {schools} schools and {people} people")

WITH_NUMBERS = {
    template: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\d+)", re.escape(template)))
    for template in (TOO_FEW_PEOPLE, TOO_SMALL_A_SHARE, TOO_FEW_FOR_DETAIL, POOL_TOO_SMALL)
}


def in_words(why: str, translate: Translate) -> str:
    """Return a reason in a reader's language; numbers that were filled in go into the translated words."""
    for template, shape in WITH_NUMBERS.items():
        if found := shape.fullmatch(why):
            return translate(template).format(**found.groupdict())
    return translate(why)
