# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last line of an import on standard output: the same words whatever came in, for whoever reads it by program."""

import json
from pathlib import Path


def as_json(
    *,
    rows: int = 0,
    created: int = 0,
    changed: int = 0,
    unchanged: int = 0,
    refused: int = 0,
    refused_file: Path | None = None,
    warnings: int = 0,
) -> str:
    """How many rows there were and what became of them; where those that were refused lie."""
    return json.dumps(
        {
            "rows": rows,
            "created": created,
            "changed": changed,
            "unchanged": unchanged,
            "refused": refused,
            "refused_file": refused_file and str(refused_file),
            "warnings": warnings,
        }
    )
