"""Tracking codes. Feature: 001-parcel-intake."""

import secrets

# No 0/O and no 1/I: clerks read codes out over the telephone.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12


def new_code() -> str:
    """A fresh code of twelve characters (FR-001)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def looks_like_code(text: str) -> bool:
    """Whether the text could be a code at all."""
    return len(text) == CODE_LENGTH and all(letter in ALPHABET for letter in text)
