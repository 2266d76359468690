# SPDX-License-Identifier: AGPL-3.0-or-later
"""HTML written in Python, for the pieces of which a page has many."""

import html

from django.utils.safestring import SafeString

NOTHING = SafeString("")


def markup(form: str, *parts: object) -> SafeString:
    """As Django's `format_html`, in a third of its time: whatever is not known to be safe is escaped."""
    safe = [part if isinstance(part, SafeString) else html.escape(str(part)) for part in parts]
    return SafeString(form.format(*safe))
