# SPDX-License-Identifier: AGPL-3.0-or-later
"""The child of `workbooks`: a workbook on standard input, its first sheet as CSV on standard output.

Run as a file, isolated, so that it starts quickly and knows nothing of the house.
"""

import csv
import datetime as dt
import io
import sys
from decimal import Decimal

MOST_MEMORY = 1024**3  # bytes of address space
MOST_SECONDS = 60  # of computing
MOST_EXACT = 2**53  # beyond, a spreadsheet's number no longer knows its last digits
LOCKED, UNREADABLE, NO_TABLE = 3, 4, 5

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def shown(cell: Cell) -> str:
    """A cell as text: numbers with a point and without exponent, to the fifteen digits a spreadsheet keeps."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < MOST_EXACT:
            return str(int(cell))
        return f"{Decimal(f'{cell:.15g}'):f}" if abs(cell) < MOST_EXACT else f"{cell:E}"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def main() -> int:
    """Exit code 0, or why not; the parent takes anything else for a limit met."""
    import resource

    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    writer = csv.writer(
        io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace", newline="", write_through=False)
    )
    try:
        book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
                continue
            found = book.get_sheet_by_index(place)
            if found.height:
                writer.writerows([shown(cell) for cell in row] for row in found.iter_rows())
                return 0
    except PasswordError:
        return LOCKED
    except CalamineError:
        return UNREADABLE
    return NO_TABLE


if __name__ == "__main__":
    sys.exit(main())
