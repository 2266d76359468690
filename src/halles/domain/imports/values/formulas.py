# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cells that a spreadsheet would run as a formula: kept harmless on the way out, given back exactly on the way in."""

import re

STARTS = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?[0-9][0-9 \u00a0\u202f.,]*%?")


def _runs(cell: str) -> bool:
    return cell.startswith(STARTS) and not NUMBER.fullmatch(cell)


def neutral(cell: str) -> str:
    """The cell with an apostrophe before it when a spreadsheet would run it; numbers stay."""
    return f"'{cell}" if _runs(cell.lstrip("'")) else cell


def un_neutral(cell: str) -> str:
    """What `neutral` was given."""
    return cell[1:] if cell.startswith("'") and _runs(cell.lstrip("'")) else cell
