# SPDX-License-Identifier: AGPL-3.0-or-later
"""A merchant takes her catalogue away, from « Ma boutique »."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories as make

from halles.domain.catalogue import pictures
from halles.domain.imports import parts, ports
from halles.domain.shops.models import Shop
from halles.doors.ui.exports import FOR_WHOM
from halles.kernel.actor import SYSTEM


def downloaded(merchant: Client, address: str) -> tuple[str, bytes]:
    answer = merchant.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer["Content-Disposition"], b"".join(answer)  # type: ignore[call-overload]


def test_from_the_articles_to_each_file(
    merchant: Client, shop: Shop, a_photo: Callable[..., SimpleUploadedFile]
) -> None:
    product = make.a_product(shop, name="Miel d'été")
    pictures.add(product, a_photo(), by=SYSTEM)
    make.a_product(name="D'une autre boutique")
    assert "/gestion/articles/exporter" in merchant.get("/gestion/articles").content.decode()
    page = merchant.get("/gestion/articles/exporter").content.decode()
    addresses = re.findall(r'href="(/gestion/articles/exporter/[^"]+)"', page)
    ends = {address.rpartition("/")[2]: downloaded(merchant, address) for address in addresses}
    assert list(ends) == ["halles", "halles?photos=non", "woocommerce", "prestashop"]
    names = [
        re.sub(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "DATE", said.partition("filename=")[2])
        for said, _ in ends.values()
    ]
    assert names == [
        f'"{shop.slug}-{end}"'
        for end in ("halles-DATE.zip", "halles-DATE.csv", "woocommerce-DATE.csv", "prestashop-DATE.zip")
    ]
    with zipfile.ZipFile(io.BytesIO(ends["halles"][1])) as opened:
        assert opened.namelist() == ["photos/miel-d-ete-1.jpg", "articles.csv"]
    for name in ("halles?photos=non", "woocommerce"):
        text = ends[name][1].decode("utf-8-sig")
        assert "Miel d'été" in text
        assert "D'une autre boutique" not in text
    assert merchant.get("/gestion/articles/exporter/minitel").status_code == 404


def test_too_many_photographs_for_one_file_are_offered_in_parts(
    merchant: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_ARTICLES", 1)
    for name in ("Miel", "Sel"):
        make.a_product(shop, name=name)
    page = html.unescape(merchant.get("/gestion/articles/exporter").content.decode())
    addresses = re.findall(r'href="(/gestion/articles/exporter/halles\?partie[^"]+)"', page)
    tables = []
    for address in addresses:
        named, file = downloaded(merchant, address)
        assert re.search(r"-[12]\.zip", named)
        with zipfile.ZipFile(io.BytesIO(file)) as opened:
            tables.append(opened.read("articles.csv").decode())
    assert [("Miel" in table, "Sel" in table) for table in tables] == [(True, False), (False, True)]
    theirs = make.a_product(name="D'une autre boutique")
    for wrong in (f"apres={theirs.id}", "jusqua=x"):
        assert merchant.get(f"/gestion/articles/exporter/halles?{wrong}").status_code == 404


def test_a_cut_shows_in_the_length_of_a_table_and_in_the_missing_end_of_a_zip(merchant: Client) -> None:
    table = merchant.get("/gestion/articles/exporter/halles?photos=non")
    assert int(table["Content-Length"]) == len(b"".join(table))  # type: ignore[call-overload]
    assert merchant.get("/gestion/articles/exporter/halles").streaming


def test_each_writer_says_for_whom() -> None:
    assert set(FOR_WHOM) == {writer.name for writer in ports.writers()}


def test_a_full_disk_is_said(merchant: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("halles.domain.imports.spreadsheet.writer.tempfile.TemporaryFile", full)
    answer = merchant.get("/gestion/articles/exporter/halles", follow=True)
    assert "la place manque" in answer.content.decode()
