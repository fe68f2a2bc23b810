"""Form fields whose choices are the team's members, or the ways of deciding."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from colead.content.loader import load
from colead.content.model import WayOfDeciding
from colead.schools.models import Member, Team


class MemberField(forms.ModelChoiceField):
    """One person on the team; `of` says of which team. Whoever stood there before stays a choice."""

    def __init__(self, label: Any, *, required: bool = False, empty: Any = None, help_text: Any = "") -> None:
        super().__init__(Member.objects.none(), label=label, required=required, empty_label=empty, help_text=help_text)

    def of(self, team: Team, before: Any) -> None:
        self.queryset = team.members.filter(Q(left_on=None, waiting=False) | Q(pk=_pk(before))).select_related("user")


class MembersField(forms.ModelMultipleChoiceField):
    """Several people on the team, in the order they joined; `of` says of which team."""

    def __init__(self, label: Any, *, required: bool = True, help_text: Any = "") -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(Member.objects.none(), label=label, required=required, widget=widget, help_text=help_text)

    def of(self, team: Team, before: Any) -> None:
        kept = [_pk(member) for member in before or ()]
        here = Q(left_on=None, waiting=False) | Q(pk__in=kept)
        self.queryset = team.members.filter(here).select_related("user").distinct()


def _pk(member: Any) -> Any:
    return getattr(member, "pk", member)


class OfTeam(forms.Form):
    """A form that offers a team's members; those in its initial values are offered even after they left."""

    def __init__(self, *args: Any, team: Team, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for name, field in self.fields.items():
            if isinstance(field, MemberField | MembersField):
                field.of(team, self.initial.get(name))


def ways() -> tuple[WayOfDeciding, ...]:
    """Return the ways of deciding, as the playbook tells them in the language of whoever reads."""
    return load(get_language() or "en").ways_of_deciding


def way_told(slug: str) -> WayOfDeciding | None:
    """Return one way as the playbook tells it; none where none is chosen."""
    return next((way for way in ways() if way.slug == slug), None)


def _way_choices() -> list[tuple[str, SafeString]]:
    return [(way.slug, _told(way)) for way in ways()]


def _told(way: WayOfDeciding) -> SafeString:
    return format_html(
        '<span><strong>{}</strong><br>{} <span class="meta">{}</span></span>', way.name, way.how, way.fits
    )


way_choices = lazy(_way_choices, list)
