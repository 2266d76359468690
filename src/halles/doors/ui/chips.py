# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days to choose from with a thumb."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from halles.doors.ui import formats
from halles.doors.ui.markup import NOTHING, markup

CHIP = '<label class="chip"><input type="radio" name="{}" value="{}"{}><span>{}{}</span></label>'
CHECKED, DISABLED = SafeString(" checked"), SafeString(" disabled")


def days(
    choice: Iterable[dt.date],
    name: str,
    selected: dt.date | None,
    any_day: str,
    closed: Iterable[dt.date],
) -> SafeString:
    """Radio buttons, one a day; on a day that is closed none can be pressed, and readers hear why."""
    return SafeString(
        f'<div class="chips days">{"".join(_chips(choice, name, selected, any_day, closed))}</div>'
    )


def _chips(
    choice: Iterable[dt.date], name: str, selected: dt.date | None, any_day: str, closed: Iterable[dt.date]
) -> Iterator[SafeString]:
    if any_day:
        yield markup(CHIP, name, "", NOTHING if selected else CHECKED, any_day, NOTHING)
    for date in choice:
        is_closed = date in closed
        state = DISABLED if is_closed else CHECKED if date == selected else NOTHING
        said = markup(' <span class="unseen"> {}</span>', _("fermé")) if is_closed else NOTHING
        yield markup(CHIP, name, date.isoformat(), state, capfirst(formats.day(date, "chip")), said)
