"""The secrets behind which invitations wait. Who made one sees it once; the database holds only its SHA-256."""

import hashlib
import secrets

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels, so no words; none that look alike
CODE_LENGTH = 8


def new_token() -> str:
    """Return 128 bits for a link in a letter."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """Return eight characters that people can type: one of 378 thousand million."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def readable(code: str) -> str:
    """Write a code in two halves, as K7PX-2QRM."""
    return f"{code[:4]}-{code[4:]}" if len(code) == CODE_LENGTH else code


def hash_of(secret: str) -> str:
    """Return what the database keeps of a secret. In typed codes spaces, hyphens and case do not count."""
    typed = secret.replace(" ", "").replace("-", "").upper()
    counts = typed if len(typed) == CODE_LENGTH else secret
    return hashlib.sha256(counts.encode()).hexdigest()
