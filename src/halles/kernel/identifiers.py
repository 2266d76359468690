# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names that leave the house: UUIDv7 for machines, short codes for people, secrets for links. Never row ids."""

import hashlib
import os
import secrets
import time
import unicodedata
import uuid
from collections.abc import Callable

from django.utils.text import slugify

# No 0/O, 1/I/L, 8/B, 5/S, 2/Z: what is said aloud at a counter must not be misheard or misread.
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"


def uuid7() -> uuid.UUID:
    """A UUID ordered by time of creation (RFC 9562, version 7)."""
    moment = time.time_ns() // 1_000_000
    value = (moment << 80) | int.from_bytes(os.urandom(10))
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)


def spoken_code(length: int = 5) -> str:
    """A short code that can be said aloud, such as `A7-3K9`."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))
    return f"{letters[:2]}-{letters[2:]}"


def clean_spoken_code(typed: str) -> str:
    """A typed code as we write it: spaces, case and a missing dash forgiven."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    return f"{letters[:2]}-{letters[2:]}" if letters else ""


def secret() -> str:
    """An unguessable part of an address: 32 characters, 190 bits."""
    return secrets.token_urlsafe(24)


def fold(text: str) -> str:
    """Text as one searches it: lower case, no accents, œ as oe, one space between words."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def digest(text: str) -> str:
    """A text in sixteen signs, to see whether it is still the same."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def slug(name: str, taken: Callable[[str], bool], *, fallback: str) -> str:
    """An address made of a name ("Crème brûlée" → `creme-brulee`), numbered when it is already taken."""
    base = slugify(fold(name).replace("'", " "))[:60].strip("-") or fallback
    candidate, number = base, 2
    while taken(candidate):
        candidate, number = f"{base}-{number}", number + 1
    return candidate
