# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people type, made fit to stand on a page beside other things."""

import re
import unicodedata

JOINER = "\u200d"  # holds some letters and pictures together; the other invisible signs only do mischief


def one_line(typed: str, longest: int) -> str:
    """One line of visible signs: no control or direction signs, one space between words, cut at `longest`.

    A name that begins with a right-to-left override would turn round all that follows it.
    """
    if typed.isprintable() and unicodedata.is_normalized("NFC", typed):
        return " ".join(typed.split())[:longest].strip()  # as most are: nothing to take away
    visible = "".join(
        sign if sign == JOINER or unicodedata.category(sign) not in {"Cf", "Cs"} else ""
        for sign in unicodedata.normalize("NFC", typed)
    )
    spaced = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in visible)
    return " ".join(spaced.split())[:longest].strip()


def paragraphs(typed: str) -> str:
    """Several lines of visible signs, each as `one_line` leaves it, with one empty line between paragraphs at most."""
    lines = re.split(r"\r\n|\r|\n", typed)
    kept = "\n".join(one_line(line, 2 * len(line)) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", kept).strip()
