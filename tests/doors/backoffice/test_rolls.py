# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many photographs through « Ma boutique »: sent at once or one by one, looked at, added, put by hand, taken back."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from tests import factories as make

from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Product
from halles.domain.rolls import reads
from halles.domain.rolls.actions import add
from halles.domain.rolls.actions.look import look
from halles.domain.rolls.models import Roll
from halles.domain.shops.models import Shop
from halles.doors.backoffice import uploads
from halles.doors.backoffice.views import rolls as views
from halles.doors.ui.rolls import STATES

HERE = "/gestion/articles/photos"
JSON = {"headers": {"accept": "application/json"}}
Photo = Callable[..., SimpleUploadedFile]


def an_article(shop: Shop, reference: str, name: str = "") -> Product:
    return make.a_product(
        shop, name=name or f"Article {reference}", variants=[VariantFacts(reference=reference)]
    )


def words(client: Client, address: str) -> str:
    """What one reads there."""
    text = re.sub(
        r"<script.*?</script>|<head>.*?</head>", " ", client.get(address).content.decode(), flags=re.S
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def the_roll(address: str) -> Roll:
    found = reads.by_id(address.rpartition("/")[2])
    assert found is not None
    return found


def send(client: Client, *photos: SimpleUploadedFile) -> str:
    """Handed over by the form; where one is led. The worker has looked."""
    answer = client.post(HERE, {"photos": photos})
    assert answer.status_code == 303, answer.content.decode()
    assert not look(the_roll(answer["Location"]))
    return str(answer["Location"])


def test_looked_at_added_and_taken_back(merchant: Client, shop: Shop, a_photo: Photo) -> None:
    honey = an_article(shop, "REF-12", "Miel")
    for page in ("/gestion/articles", "/gestion/articles/importer"):
        assert HERE in merchant.get(page).content.decode()
    for _ in range(2):
        an_article(shop, "TWIN", "Jumeau")
    address = send(
        merchant,
        a_photo(name="REF-12.jpg"),
        a_photo(901, name="REF-12_2.jpg"),
        a_photo(902, name="TWIN.jpg"),
        a_photo(903, name="IMG_1<b>.jpg"),
        SimpleUploadedFile("notes.txt", b"rien"),
    )
    said = words(merchant, address)
    assert "Rien n'est encore ajouté" in said
    assert "Ajouter 2 photos" in said
    assert "REF-12_2.jpg Miel, photo 2" in said
    assert "2 photos à placer" in said
    assert "Plusieurs articles répondent à ce nom : Jumeau et Jumeau" in said.replace("\u00a0", " ")
    assert "notes.txt Nous ne savons pas lire cette photo" in said
    assert "<b>.jpg" not in merchant.get(address).content.decode()
    assert merchant.post(f"{address}/ajouter").status_code == 303
    assert 'hx-trigger="every 2s"' in merchant.get(address).content.decode()
    assert "0 sur 2" in words(merchant, address)
    assert not add.go_on(the_roll(address))
    assert "2 photos ajoutées" in words(merchant, address)
    assert "2 photos ajoutées · 2 photos à placer · 1 fichier laissé de côté" in words(merchant, HERE)
    assert "Photos ajoutées" in words(merchant, "/gestion/journal")
    assert honey.pictures.count() == 2
    merchant.post(f"{address}/annuler")
    assert "Cet ajout est annulé" in words(merchant, address)
    assert honey.pictures.count() == 0


def test_the_worker_is_asked_at_each_step(merchant: Client, shop: Shop, a_photo: Photo) -> None:
    an_article(shop, "R1")
    address = send(merchant, a_photo(name="R1.jpg"))
    merchant.post(f"{address}/ajouter")
    merchant.post(f"{address}/ajouter")  # pressed twice
    asked = [task.args_kwargs["kwargs"]["event"] for task in DBTaskResult.objects.order_by("enqueued_at")]
    assert [event for event in asked if event.startswith("rolls")] == ["rolls.received", "rolls.started"]


def test_those_that_wait_are_put_one_after_the_other(merchant: Client, shop: Shop, a_photo: Photo) -> None:
    honey, other = an_article(shop, "R1", "Miel"), an_article(make.a_shop(), "R2", "Miel d'ailleurs")
    address = send(merchant, a_photo(name="IMG_1.jpg"), a_photo(901, name="IMG_2.jpg"))
    first, second = the_roll(address).shots.all()
    shown = merchant.get(f"{address}/{first.id}/apercu")
    assert (shown["Content-Type"], b"".join(shown)[:2]) == ("image/jpeg", b"\xff\xd8")  # type: ignore[call-overload]
    found = words(merchant, f"{address}/{first.id}?q=miel")
    assert "Miel R1 C'est lui" in found
    assert "Miel d'ailleurs" not in found
    for wrong in (str(other.id), "", "x"):
        assert merchant.post(f"{address}/{first.id}", {"product": wrong}).status_code == 404
    answer = merchant.post(f"{address}/{first.id}", {"product": honey.id})
    assert answer["Location"] == f"{address}/{second.id}"
    assert merchant.post(f"{address}/{second.id}", {"product": honey.id})["Location"] == address
    assert "Ajouter 2 photos" in words(merchant, address)
    merchant.post(f"{address}/ajouter")
    add.go_on(the_roll(address))
    assert honey.pictures.count() == 2
    assert merchant.post(f"{address}/{second.id}", {"product": honey.id}, follow=True).status_code == 200
    assert honey.pictures.count() == 2


def test_sent_one_by_one_and_gone_on_with_after_an_interruption(
    merchant: Client, shop: Shop, a_photo: Photo
) -> None:
    honey = an_article(shop, "R1")
    address = merchant.post(f"{HERE}/envoyer").json()["address"]
    assert "Il n'y a pas encore de photo" in merchant.post(
        f"{address}/regarder", follow=True
    ).content.decode().replace("&#x27;", "'")
    sent = a_photo(name="R1.jpg")
    assert merchant.post(f"{address}/envoyer", {"photos": sent}, **JSON).json() == {"problem": ""}
    assert f'[["R1.jpg", {sent.size}]]' in merchant.get(address).content.decode()
    assert "envoi interrompu" in words(merchant, HERE)
    assert (
        merchant.post(f"{address}/envoyer", {"photos": a_photo(901, name="R1-2.jpg")})["Location"] == address
    )
    merchant.post(f"{address}/regarder")
    look(the_roll(address))
    late = merchant.post(f"{address}/envoyer", {"photos": a_photo(902, name="R1-3.jpg")}, **JSON)
    assert (late.status_code, "Ce n'est plus possible" in late.json()["problem"]) == (409, True)
    merchant.post(f"{address}/ajouter")
    add.go_on(the_roll(address))
    assert honey.pictures.count() == 2


def test_nothing_too_much_or_a_full_disk_are_said(
    merchant: Client, shop: Shop, a_photo: Photo, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def said(*photos: SimpleUploadedFile) -> str:
        answer = merchant.post(HERE, {"photos": photos}, follow=True)
        return html.unescape(answer.content.decode())

    assert "Choisissez des photos d'abord." in said()
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    assert "2 fichiers au plus" in said(*(a_photo() for _ in range(3)))
    assert not Roll.objects.exists()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("halles.domain.rolls.kept.shutil.copyfileobj", full)
        assert "plus de place sur le disque" in said(a_photo())
    monkeypatch.setattr(uploads, "MOST_FORM", -views.MOST_BUNDLE_BYTES)
    assert "trop grand" in said(a_photo())


def test_every_state_has_its_word() -> None:
    assert set(STATES) == set(Roll.State)


def test_a_list_of_many_takes_as_many_queries_as_one_of_few(
    merchant: Client, shop: Shop, a_photo: Photo, django_assert_max_num_queries: Any
) -> None:
    for reference in ("R1", "R2", "R3"):
        an_article(shop, reference)
    few = send(merchant, a_photo(name="R1.jpg"), a_photo(901, name="IMG.jpg"))
    many = send(
        merchant,
        *(a_photo(900 + n, name=f"R{n}.jpg") for n in (1, 2, 3)),
        *(a_photo(800 + n) for n in range(5)),
    )
    for address in (few, many, HERE):
        with django_assert_max_num_queries(16):
            merchant.get(address)
