"""Say one school's figures in words: short, no more than the numbers carry, "since" and never "because of"."""

from collections.abc import Sequence

from colead.analysis.instrument import Instrument, Item
from colead.analysis.reasons import in_words
from colead.analysis.release import Change, Hidden, HowManyResult, ItemResult, Release, ScaleResult
from colead.analysis.words import HowWeKnow, Line, Translate, mark, one, percent, same, times

_ = mark

NOT_SHOWN = _("Not shown, because %(why)s.")
GROUPS_NOT_SHOWN = _("Groups are not shown here, because %(why)s.")
COUNTS_NOT_SHOWN = _("How many chose each answer is not shown, because %(why)s.")

HOW_COUNTED = _("people who answered at least one question, out of everyone on the staff list")
HOW_LEVEL = _(
    "Each person's mean of the questions they answered, if they answered at least half; then the mean of all people. "
    "Range: mean ± t · √(s² / n · (1 − n / N)), with s² pulled a little toward that of all schools."
)
HOW_CHANGE = _(
    "Mean now minus mean then, both rounded. Range: difference ± t · √(v₁ + v₂), v = s² / n · (1 − 0.4 · n / N). "
    "“Clear” allows for looking at several parts at once: 1 clear word in 10 may still be luck."
)
HOW_LUCK = _("Parts that rise by luck alone, taken as moving together a little (correlation 0.3).")
HOW_DISTANCE = _("The mean distance of answers from the middle of the staff, over the questions of this part.")
HOW_SHARE = _("People who chose these answers, out of all who chose an answer.")
HOW_HIDDEN = _("Small groups are left out while the figures are worked out, not on the page.")

OWN = _("Colead statistics page")
COCHRAN = _("Cochran 1977, Sampling Techniques; Smyth 2004 for small groups")
BENJAMINI = _("Welch 1947; Benjamini & Hochberg 1995")
BURKE = _("Burke, Finkelstein & Dusig 1999")


def how(formula: str, answers: str, source: str, translate: Translate) -> HowWeKnow:
    return HowWeKnow(translate(formula), answers, translate(source))


def people(n: int, roster: int | None, translate: Translate) -> str:
    """Say how many people stand behind a figure."""
    if roster is None:
        return translate(_("%(n)d people")) % {"n": n}
    return translate(_("%(n)d of %(all)d people")) % {"n": n, "all": roster}


def not_shown(hidden: Hidden, translate: Translate = same, words: str = NOT_SHOWN) -> Line:
    """Say that and why a figure is not there."""
    text = translate(words) % {"why": in_words(hidden.why, translate)}
    return Line(text, how(HOW_HIDDEN, translate(_("not stated")), OWN, translate))


def response_line(release: Release, translate: Translate = same) -> Line:
    """Say how many answered."""
    if isinstance(release.answered, Hidden):
        return not_shown(release.answered, translate)
    n, roster = release.answered, release.roster
    if roster is None:
        text = translate(_("%(n)d people answered. We do not know how many were asked.")) % {"n": n}
    elif n >= roster:
        text = translate(_("Everyone answered: %(n)d people.")) % {"n": n}
    else:
        text = translate(_("%(n)d of %(all)d people answered.")) % {"n": n, "all": roster}
    return Line(text, how(HOW_COUNTED, people(n, roster, translate), OWN, translate))


def level_line(name: str, result: ScaleResult, release: Release, translate: Translate = same) -> Line:
    """Say where one scale stands, and where it would stand if all had answered."""
    if isinstance(result.mean, Hidden):
        return not_shown(result.mean, translate)
    assert not isinstance(result.n, Hidden)
    assert not isinstance(result.low, Hidden)
    assert not isinstance(result.high, Hidden)
    facts = {"name": translate(name), "mean": one(result.mean), "low": one(result.low), "high": one(result.high)}
    if release.roster is not None and result.n >= release.roster:
        text = translate(_("%(name)s: %(mean)s. Everyone answered this part."))
    elif result.low == result.high:
        text = translate(_("%(name)s: %(mean)s. With all staff it would hardly differ."))
    else:
        text = translate(_("%(name)s: %(mean)s. With all staff it would very likely be from %(low)s to %(high)s."))
    return Line(text % facts, how(HOW_LEVEL, people(result.n, release.roster, translate), COCHRAN, translate))


def change_line(name: str, change: Change | Hidden, wave: str, translate: Translate = same) -> Line:
    """Say what happened since the round before, in the words the figures carry."""
    if isinstance(change, Hidden):
        return not_shown(change, translate)
    facts = {
        "name": translate(name),
        "wave": wave,
        "by": one(abs(change.difference)),
        "before": one(change.before),
        "now": one(change.before + change.difference),
        "low": _signed(change.low),
        "high": _signed(change.high),
    }
    text = translate(CHANGE_WORDS[_kind(change)]) % facts
    if change.verdict != "no clear change":
        text += " " + translate(NOTICEABLE if change.noticeable else SMALL)
    return Line(text, how(HOW_CHANGE, translate(_("both rounds")), BENJAMINI, translate))


CHANGE_WORDS = {
    "clear rise": _(
        "%(name)s is clearly up since %(wave)s: by %(by)s, from %(before)s to %(now)s. "
        "The true rise is very likely from %(low)s to %(high)s."
    ),
    "clear fall": _(
        "%(name)s is clearly down since %(wave)s: by %(by)s, from %(before)s to %(now)s. "
        "The true change is very likely from %(low)s to %(high)s."
    ),
    "up": _(
        "%(name)s went up by %(by)s since %(wave)s, from %(before)s to %(now)s. "
        "That may be luck: the true change may be from %(low)s to %(high)s."
    ),
    "down": _(
        "%(name)s went down by %(by)s since %(wave)s, from %(before)s to %(now)s. "
        "That may be luck: the true change may be from %(low)s to %(high)s."
    ),
    "perhaps up": _(
        "%(name)s went up by %(by)s since %(wave)s, from %(before)s to %(now)s. "
        "Taken alone it looks like a rise, but among several parts one can rise by luck."
    ),
    "perhaps down": _(
        "%(name)s went down by %(by)s since %(wave)s, from %(before)s to %(now)s. "
        "Taken alone it looks like a fall, but among several parts one can fall by luck."
    ),
    "same": _("%(name)s is where it was in %(wave)s: %(now)s. The true change may be from %(low)s to %(high)s."),
}
NOTICEABLE = _("That is big enough to notice.")
SMALL = _("It is small.")


def _kind(change: Change) -> str:
    if change.verdict != "no clear change":
        return change.verdict
    if not change.difference:
        return "same"
    alone = "perhaps " if change.low > 0 or change.high < 0 else ""
    return alone + ("up" if change.difference > 0 else "down")


def _signed(value: float) -> str:
    """Write a change with its sign; a true minus sign, and no sign at nought."""
    return "0.0" if not value else f"+{value:.1f}" if value > 0 else f"−{-value:.1f}"


def how_many_line(many: HowManyResult | Hidden, of: int, translate: Translate = same) -> Line:
    """Say how many of the conditions rose, how many clearly, and what luck alone gives."""
    if isinstance(many, Hidden):
        return not_shown(many, translate)
    facts = {
        "up": many.up,
        "of": many.compared,
        "clear": many.clear_up,
        "fell": many.clear_down,
        "luck": times(many.luck, translate),
    }
    first = (
        _("%(up)d of %(of)d parts went up.")
        if many.compared == of
        else _("Of the %(of)d we can compare, %(up)d went up.")
    )
    clear = _("%(clear)d rose clearly.") if many.clear_up else _("None rose clearly.")
    parts = [translate(first) % facts, translate(clear) % facts]
    if many.clear_down:
        parts.append(translate(_("%(fell)d fell clearly.")) % facts)
    parts.append(translate(_("If nothing had changed, that many or more would still go up %(luck)s.")) % facts)
    answers = translate(_("%(of)d parts")) % facts
    return Line(" ".join(parts), how(HOW_LUCK, answers, BENJAMINI, translate))


def agreement_line(result: ScaleResult, answers: int, translate: Translate = same) -> Line:
    """Say how alike colleagues see it."""
    if isinstance(result.distance, Hidden):
        return not_shown(result.distance, translate)
    step = answers / 6
    if result.distance <= step:
        text = _("Most colleagues answered within about one step of each other (%(far)s).")
    elif result.distance <= step * 1.32:
        text = _("Views differ: answers lie about %(far)s of a step from the middle.")
    else:
        text = _("Views are far apart. Look at the bars before you look at the average.")
    assert not isinstance(result.n, Hidden)
    told = translate(text) % {"far": one(result.distance)}
    return Line(told, how(HOW_DISTANCE, people(result.n, None, translate), BURKE, translate))


def item_line(item: Item, result: ItemResult, top: int = 2, translate: Translate = same) -> Line:
    """Say how many chose the highest answers to one question; nearly all is said as nearly all."""
    if isinstance(result.counts, Hidden) or isinstance(result.n, Hidden):
        hidden = result.counts if isinstance(result.counts, Hidden) else result.n
        assert isinstance(hidden, Hidden)
        return not_shown(hidden, translate, COUNTS_NOT_SHOWN)
    counts = result.counts[::-1] if item.reversed else result.counts
    high = sum(counts[-top:])
    facts = {"high": high, "n": result.n, "text": translate(item.text)}
    text = (
        _("“%(text)s” %(high)d of %(n)d agree.") if not item.reversed else _("“%(text)s” %(high)d of %(n)d disagree.")
    )
    return Line(translate(text) % facts, how(HOW_SHARE, people(result.n, None, translate), OWN, translate))


def benchmark_line(instrument: Instrument, item: Item, result: ItemResult, translate: Translate = same) -> Line:
    """Put one question beside what others answered: any say at all, and the highest answer."""
    if isinstance(result.counts, Hidden) or item.benchmark is None:
        hidden = (
            result.counts if isinstance(result.counts, Hidden) else Hidden(why=_("there is no figure to compare with"))
        )
        return not_shown(hidden, translate)
    assert not isinstance(result.n, Hidden)
    facts = {
        "text": translate(item.text),
        "any": percent(sum(result.counts[1:]) / result.n),
        "most": percent(result.counts[-1] / result.n),
        "them_any": f"{item.benchmark.any:.0f}",
        "them_most": f"{item.benchmark.most:.0f}",
    }
    text = translate(
        _(
            "%(text)s: here %(any)s in 100 see some say and %(most)s a great deal; "
            "in the country %(them_any)s and %(them_most)s."
        )
    )
    answers = people(result.n, None, translate)
    return Line(text % facts, HowWeKnow(translate(HOW_SHARE), answers, instrument.benchmark_source))


def group_lines(release: Release, name: str, key: str, translate: Translate = same) -> tuple[Line, ...]:
    """Say how groups differ on one scale, or why they are not shown."""
    if release.breakdown is None:
        return ()
    if isinstance(release.breakdown.groups, Hidden):
        return (not_shown(release.breakdown.groups, translate, GROUPS_NOT_SHOWN),)
    lines = []
    for group in release.breakdown.groups:
        mean = group.means[key]
        if isinstance(mean, Hidden):
            return (not_shown(mean, translate, GROUPS_NOT_SHOWN),)
        labels = translate(_(" and ")).join(
            translate(label) if label else translate(NO_GROUP) for label in group.labels
        )
        text = translate(_("%(name)s, %(group)s: %(mean)s.")) % {
            "name": translate(name),
            "group": labels,
            "mean": one(mean),
        }
        lines.append(Line(text, how(HOW_LEVEL, people(group.people, None, translate), OWN, translate)))
    return tuple(lines)


NO_GROUP = _("did not say")


def warnings(release: Release, instrument: Instrument, translate: Translate = same) -> tuple[str, ...]:
    """Say what a reader must know before reading: response, ends of the scale, changed questions, small groups."""
    if isinstance(release.answered, Hidden):
        return ()
    found = [*_response_warnings(release.answered, release.roster, translate)]
    for scale in instrument.scales:
        found += _scale_warnings(translate(scale.name), release.scale(scale.key), translate)
    groups = release.breakdown.groups if release.breakdown else ()
    if not isinstance(groups, Hidden) and any(len(group.labels) > 1 for group in groups):
        found.append(translate(_("Small groups are shown together, so that nobody can be picked out.")))
    return tuple(found)


def _response_warnings(n: int, roster: int | None, translate: Translate) -> Sequence[str]:
    if roster is None:
        return [translate(_("We do not know how many people were asked, so the ranges are on the wide side."))]
    if n > roster:
        return [translate(_("More people answered than stand on the list. Please check the list."))]
    if n < 0.5 * roster:
        return [translate(_("Fewer than half answered. This speaks for those who did, not for all staff."))]
    if n < 0.7 * roster:
        return [translate(_("Some of you did not answer. Take the figures with care."))]
    return []


def _scale_warnings(name: str, result: ScaleResult, translate: Translate) -> Sequence[str]:
    found = []
    facts = {"name": name}
    if not isinstance(result.at_highest, Hidden) and result.at_highest >= 0.15:
        text = translate(_("%(name)s: %(percent)s in 100 chose the top every time. There is little room left to rise."))
        found.append(text % (facts | {"percent": percent(result.at_highest)}))
    if not isinstance(result.at_lowest, Hidden) and result.at_lowest >= 0.15:
        text = translate(
            _("%(name)s: %(percent)s in 100 chose the bottom every time. There is little room left to fall.")
        )
        found.append(text % (facts | {"percent": percent(result.at_lowest)}))
    if isinstance(result.change, Hidden) and result.change.why == CHANGED:
        found.append(
            translate(_("%(name)s: the questions have changed, so we do not compare it with last time.")) % facts
        )
    unsure = [item for item in result.items if _many_unsure(item)]
    if unsure:
        found.append(translate(_("%(name)s: more than 20 in 100 could not say on at least one question.")) % facts)
    return found


CHANGED = "the questions of this part have changed"


def _many_unsure(item: ItemResult) -> bool:
    if isinstance(item.cannot_say, Hidden) or isinstance(item.n, Hidden):
        return False
    return item.cannot_say > 0.2 * (item.n + item.cannot_say)
