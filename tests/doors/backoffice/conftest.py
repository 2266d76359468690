# SPDX-License-Identifier: AGPL-3.0-or-later
"""A merchant with her phone: signed in, in her shop."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests import factories as make

from halles.domain.shops.models import Shop


@pytest.fixture
def shop(db: None) -> Shop:
    """A shop that sells."""
    return make.a_shop()


@pytest.fixture
def merchant(shop: Shop) -> Client:
    """Its owner, signed in."""
    client = Client()
    client.force_login(make.owner_of(shop))
    return client


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    """Pictures of a test are thrown away with it."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def a_photo() -> Callable[..., SimpleUploadedFile]:
    """A photograph as a phone sends it: lying on its side, with the place where it was taken."""

    def taken(width: int = 900, height: int = 600, name: str = "IMG_0001.JPG") -> SimpleUploadedFile:
        image = Image.new("RGB", (width, height), (40, 120, 60))
        exif = Image.Exif()
        exif[0x0112] = 6  # turn it a quarter to the right
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (46.0, 34.0, 48.0)
        file = BytesIO()
        image.save(file, "JPEG", exif=exif)
        return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")

    return taken
