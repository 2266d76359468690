# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's articles as a file to take away: how it is called, and making it."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halles.domain.imports.leaving import Articles, Written, put
from halles.domain.imports.ports import Writer
from halles.domain.shops.models import Shop

FOR_WHOM: Mapping[str, str | Promise] = MappingProxyType(
    {
        "halles": _(
            "Tout : un tableau, que tout tableur ouvre, et vos photos. Pour le garder, ou pour ouvrir ailleurs une boutique "
            "Halles où rien ne manque."
        ),
        "woocommerce": _(
            "Un fichier CSV pour une boutique WordPress : l'import de WooCommerce le prend tel quel et vient chercher les photos ici."
        ),
        "prestashop": _(
            "Trois fichiers CSV, à importer dans cet ordre : les rayons (categories.csv), les articles, les "
            "tailles et couleurs (combinations.csv). Les prix y sont hors taxes ; choisissez là-bas la règle de "
            "TVA. PrestaShop vient chercher "
            "les photos ici."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is ready, at its beginning, and what is in it."""

    file: IO[bytes]
    articles: int
    written: Written


def file_name(shop: Shop, writer: Writer, part: int = 0) -> str:
    """Which shop, for whom, which day, which of several parts: in letters that every system keeps."""
    of_several = f"-{part}" if part else ""
    return f"{shop.slug}-{writer.name}-{timezone.localdate():%Y-%m-%d}{of_several}.{writer.ending}"


def make(articles: Articles, writer: Writer) -> Made:
    """Write the file where it takes no memory; whoever asked closes it, and then it is gone.

    :raises OSError: when the disk is full.
    """
    file = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115
    try:
        written = put(writer.pieces(articles, settings.ORIGIN), file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Made(file, articles.count, written)
