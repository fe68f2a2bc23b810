"""Codes that people type, receipts that people keep: Crockford's base 32, without the letters that look alike."""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACE = {letter: place for place, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
LENGTH = 12  # 60 random bits
FULL = LENGTH + 1  # and a character that catches slips of the finger
PRINT_BYTES = 10  # of a code's fingerprint: more than a code has random bits
SHOWN_BYTES = 10  # of a receipt: 16 characters on paper
KEY_BITS = 128


class Mistyped(ValueError):
    """This cannot be a code: a character is missing, too many, or wrong."""


class BadKey(ValueError):
    """The browser's random key must be 32 hexadecimal digits."""


def new_code() -> str:
    """Return a fresh code, check character included, without hyphens."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the character that makes any single slip and nearly every swap of neighbours show (Luhn, modulo 32)."""
    total = 0
    for turn, letter in enumerate(reversed(body)):
        doubled = PLACE[letter] * (2 if turn % 2 == 0 else 1)
        total += doubled // 32 + doubled % 32
    return ALPHABET[-total % 32]


def read_code(typed: str) -> str:
    """Return a typed code in its one form; forgive case, spaces, hyphens and O for 0, I and L for 1."""
    letters = [letter for letter in typed.upper() if letter not in " -\t\u2010\u2011\u2013"]
    if len(letters) != FULL or not set(letters) <= PLACE.keys():
        raise Mistyped(f"A code has {FULL} letters and digits.")
    body = "".join(ALPHABET[PLACE[letter]] for letter in letters)
    if check_character(body[:LENGTH]) != body[LENGTH]:
        raise Mistyped("One character of this code is wrong.")
    return body


def show_code(code: str) -> str:
    """Return a code the way it stands on a slip: 4-4-5."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def fingerprint(code: str, pepper: bytes) -> bytes:
    """Return what is stored of a code."""
    return hashlib.sha256(code.encode() + pepper).digest()[:PRINT_BYTES]


def receipt_of(key: str, wave: bytes) -> bytes:
    """Return the receipt that belongs to a browser's key (32 hexadecimal digits) in this wave."""
    if len(key) != KEY_BITS // 4 or not set(key) <= set("0123456789abcdef"):
        raise BadKey("The key of this page is broken. Load the page again.")
    return hashlib.sha256(b"receipt" + wave + bytes.fromhex(key)).digest()[:SHOWN_BYTES]


def show_receipt(receipt: bytes) -> str:
    """Return a receipt the way people keep it: four groups of four characters."""
    number = int.from_bytes(receipt, "big")
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
