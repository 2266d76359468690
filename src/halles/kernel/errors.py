# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the domain says no: a code and parameters, never prose. Doors turn them into the reader's words."""

from typing import Any


class Refused(Exception):
    """An action that was not done, and why.

    `code` is dotted and stable ("orders.line.not_enough"), `field` the input it concerns when there is one,
    `details` whatever a sentence needs (what is left, the nearest time…).
    """

    def __init__(self, code: str, *, field: str | None = None, **details: Any) -> None:  # noqa: ANN401
        super().__init__(code)
        self.code = code
        self.field = field
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}" if self.details else self.code
