"""A module on paper, for whoever runs it."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from colead.content.model import Module
from colead.documents import Block, Check, Checklist, Document, Field, Heading, Text
from colead.programme.queries.modules import phase_name


def module_paper(module: Module) -> Document:
    """Return a module with its steps, what to bring, and room for notes at the end."""
    bring = Checklist(tuple(Check(False, thing) for thing in module.materials))
    blocks: list[Block] = [Text(module.purpose), Heading(_("Bring along")), bring]
    for step in module.steps:
        blocks += [Heading(f"{step.title} · {minutes(step.minutes)}"), Text(step.body)]
    blocks.append(Field(module.reflection, lines=4))
    subtitle = f"{phase_name(module.phase)} · {minutes(module.minutes)}"
    return Document(module.title, tuple(blocks), subtitle=subtitle, language=get_language() or "en")


def minutes(number: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", number) % {"n": number}
