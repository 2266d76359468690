# SPDX-License-Identifier: AGPL-3.0-or-later
"""The `table` service of OSRM: `GET /table/v1/driving/{lon},{lat};…?annotations=duration` (project-osrm.org/docs, HTTP)."""

from collections.abc import Sequence

from django.conf import settings

from halles.domain.rounds.ports import Unknown
from halles.kernel.named import Silent, ask
from halles.kernel.points import DEGREE, Point


def seconds(places: Sequence[Point]) -> list[list[int]]:
    """Seconds by road from each place to each other.

    :raises Unknown: when the server does not answer, or knows no road between two of them.
    """
    where = ";".join(f"{longitude / DEGREE:.5f},{latitude / DEGREE:.5f}" for latitude, longitude in places)
    try:
        said = ask(f"{settings.OSRM}/table/v1/driving/{where}?annotations=duration")
        if said["code"] != "Ok":
            raise Unknown(str(said["code"]))
        found = [[round(cell) for cell in row] for row in said["durations"]]
    except (Silent, LookupError, TypeError, ValueError, OverflowError) as error:
        raise Unknown(str(error)) from error
    if len(found) != len(places) or any(len(row) != len(places) or min(row) < 0 for row in found):
        raise Unknown("not the table that was asked for")
    return found
