# SPDX-License-Identifier: AGPL-3.0-or-later
"""A figure: what is claimed, how it is measured, and the line it becomes."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.ground import Ground


@dataclass(frozen=True)
class Measured:
    """A value, and all one needs to doubt it."""

    value: float
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """Something we claim. `goal` is what the value must be ("" when it is only to be known)."""

    name: str
    unit: str
    goal: str
    measure: Callable[[Ground], Measured]

    def line(self, measured: Measured) -> str:
        """One JSON line."""
        value = round(measured.value, 4)
        said = {
            "name": self.name,
            "value": value,
            "unit": self.unit,
            "goal": self.goal,
            "detail": measured.detail,
        }
        return json.dumps(said, ensure_ascii=False)
