"""A dry run travels to the person who looks at it and back, sealed and packed; nothing of it is stored between."""

from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model
from pydantic import TypeAdapter, ValidationError

LASTS = 3600  # seconds
Value = TypeVar("Value")


class BrokenSeal(Exception):
    """Refuse a parcel that was changed, is over an hour old, or belongs to somebody else."""


class Parcels(Generic[Value]):
    """Parcels of one kind of value for one purpose; each is bound to the school or team that it was sealed for."""

    def __init__(self, kind: Any, *, purpose: str) -> None:
        self._kind: TypeAdapter[Value] = TypeAdapter(kind)
        self._purpose = purpose

    def seal(self, value: Value, owner: Model) -> str:
        """Pack and sign a value, for this owner only."""
        plain = self._kind.dump_python(value, mode="json")
        return signing.dumps(plain, salt=self._salt(owner), compress=True)

    def unseal(self, text: str, owner: Model) -> Value:
        """Return what was sealed. Refuses with BrokenSeal."""
        try:
            return self._kind.validate_python(signing.loads(text, salt=self._salt(owner), max_age=LASTS))
        except (signing.BadSignature, ValidationError, ValueError) as wrong:
            raise BrokenSeal from wrong

    def _salt(self, owner: Model) -> str:
        return f"{self._purpose}:{owner.pk}"
