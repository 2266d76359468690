# SPDX-License-Identifier: AGPL-3.0-or-later
"""`GET /search/?q=…&postcode=…&limit=1`, answered as GeoJSON (adresse.data.gouv.fr/api-doc/adresse; addok speaks it too).

Only the address is sent: neither a name nor what is brought there.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from halles.domain.rounds.ports import Address, Unknown
from halles.kernel.named import Silent, ask
from halles.kernel.points import DEGREE, Point

LEAST_SCORE = 0.5  # below, it is another street: "8 bd du port" with nothing else has 0.49
DOORS = {"housenumber", "street", "locality"}  # else it only knows the commune, as we do


def locate(address: Address) -> Point | None:
    """Where it lies; None where the service does not know.

    :raises Unknown: when it does not answer as it should.
    """
    words = {"q": f"{address.street} {address.city}"[:200], "postcode": address.postal_code, "limit": 1}
    try:
        said = ask(f"{settings.GEOCODER}/search/?{urlencode(words)}")
        return _point(said["features"][0]) if said["features"] else None
    except (Silent, LookupError, TypeError, ValueError, OverflowError) as error:
        raise Unknown(str(error)) from error


def _point(feature: dict[str, Any]) -> Point | None:
    facts = feature["properties"]
    if facts["type"] not in DOORS or facts["score"] < LEAST_SCORE:
        return None
    longitude, latitude = feature["geometry"]["coordinates"][:2]
    return round(latitude * DEGREE), round(longitude * DEGREE)
