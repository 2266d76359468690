# SPDX-License-Identifier: AGPL-3.0-or-later
"""A catalogue comes in through « Ma boutique »: looked at first, matched by hand once, undone, never twice."""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from tests.factories import a_shop, owner_of, variant_of
from tests.workbooks import write_xlsx

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Product
from halles.domain.imports import reads
from halles.domain.imports.actions import ask, pictures, work
from halles.domain.imports.drafts import Choices, Meaning
from halles.domain.imports.material import choices_of
from halles.domain.imports.models import Import
from halles.domain.imports.sources import MOST_BUNDLE_BYTES
from halles.domain.people.models import Account
from halles.domain.shops.models import Shop
from halles.doors.backoffice import uploads
from halles.doors.backoffice.views import imports as views
from halles.doors.ui.imports import MEANINGS, STATES
from halles.kernel.actor import SYSTEM

CHOICES = {"online": "draft", "tax": "said"}
HEADER = "Référence;Désignation;Prix TTC;Stock;Catégorie;Description"


def a_file(*rows: str, header: str = HEADER, name: str = "tarif.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([header, *rows]).encode("utf-8-sig"))


def send(client: Client, file: SimpleUploadedFile, **said: str) -> str:
    """Hand it over; where one is led."""
    answer = client.post("/gestion/articles/importer", {"file": file, **CHOICES, **said})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def the_import(address: str) -> Import:
    found = reads.by_id(address.rpartition("/")[2])
    assert found is not None
    return found


def look(address: str) -> Import:
    """What the worker does first."""
    ask.look(the_import(address))
    return the_import(address)


def work_on(address: str) -> None:
    """What the worker does then."""
    import_ = the_import(address)
    assert not work.go_on(import_, seconds=1000)


def bring_in(client: Client, file: SimpleUploadedFile, **said: str) -> str:
    """The whole way."""
    address = send(client, file, **said)
    look(address)
    client.post(f"{address}/commencer")
    work_on(address)
    return address


def words(client: Client, address: str) -> str:
    """What one reads there."""
    html = client.get(address).content.decode()
    html = re.sub(r"<script.*?</script>|<head>.*?</head>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#x27;", "'").split())


def test_a_file_is_looked_at_then_imported(merchant: Client, shop: Shop) -> None:
    assert "/gestion/articles/importer" in merchant.get("/gestion/articles").content.decode()
    rows = [f"R{n};Miel {n};{n},50;3;;" for n in range(1, 31)]
    address = send(merchant, a_file(*rows, "R40;Sel;gratuit;;;"), online="online")
    page = merchant.get(address).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "<noscript>" in page
    look(address)
    said = words(merchant, address)
    assert "Importer 30 articles" in said
    assert "30 nouveaux articles" in said
    assert "Miel 1 1,50" in said
    assert "Désignation Miel 1 nom" in said
    assert "1 ligne laissée de côté" in said
    assert "Ligne 32" in said
    assert not Product.objects.filter(shop=shop).exists()
    assert merchant.post(f"{address}/commencer").status_code == 303
    assert "0 sur 31" in words(merchant, address)
    work_on(address)
    said = words(merchant, address)
    assert "C'est fait." in said
    assert 'hx-trigger="every 2s"' not in merchant.get(address).content.decode()
    assert Product.objects.filter(shop=shop, status="online").count() == 30
    listed = words(merchant, "/gestion/articles/importer")
    assert "tarif.csv" in listed
    assert "30 nouveaux articles · 1 ligne laissée de côté" in listed
    told = words(merchant, "/gestion/journal")
    assert "Import commencé · tarif.csv" in told


def test_new_articles_stay_drafts_unless_one_says_otherwise(merchant: Client, shop: Shop) -> None:
    bring_in(merchant, a_file("R1;Miel;4;;;"))
    assert Product.objects.get(shop=shop).status == Product.Status.DRAFT


def test_what_changes_is_shown_beside_what_it_was(merchant: Client, shop: Shop) -> None:
    bring_in(merchant, a_file("R1;Miel;4;;;", "R2;Sel;1;;;"))
    address = send(merchant, a_file("R1;Miel;4,80;;;", "R2;Sel;1;;;"))
    look(address)
    said = words(merchant, address)
    assert "1 article changé" in said
    assert "Miel 4,80 € au lieu de 4,00 €" in said.replace("\u202f", " ")
    assert "1 article déjà pareil" in said
    merchant.post(f"{address}/commencer")
    work_on(address)
    again = send(merchant, a_file("R1;Miel;4,80;;;", "R2;Sel;1;;;"))
    look(again)
    said = words(merchant, again)
    assert "Ce fichier ne changerait rien" in said
    assert "Importer 0" not in said


def test_what_was_refused_can_be_had_as_it_came(merchant: Client, shop: Shop) -> None:
    address = send(merchant, a_file("R1;Miel;4;;;", "R2;=cmd|x;rien;;;Doux", header=HEADER, name="été.csv"))
    look(address)
    answer = merchant.get(f"{address}/refusees.csv")
    assert "%C3%A9t%C3%A9-refuses.csv" in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert text[0] == f"{HEADER};Motif"
    assert text[1].startswith("R2;'=cmd|x;rien;;;Doux;")  # harmless in a spreadsheet
    assert not text[1].endswith(";")
    assert len(text) == 2
    Account.objects.filter(pk=owner_of(shop).pk).update(language="en")
    text = b"".join(merchant.get(f"{address}/refusees.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert text.splitlines()[0].endswith(";Reason")


def test_the_columns_of_a_table_nobody_knows_are_matched_once(merchant: Client, shop: Shop) -> None:
    rows, header = ["Miel;4;Doux", "Pain;2;Frais"], "Machin;Truc;Chose"
    address = send(merchant, a_file(*rows, header=header))
    assert look(address).state == "failed"
    assert "Dire ce que contient chaque colonne" in words(merchant, address)
    form = words(merchant, f"{address}/changer")
    assert "Machin Miel · Pain" in form
    answer = merchant.post(f"{address}/changer", {**CHOICES, "c0": "name", "c1": "price", "c2": "price"})
    assert "Deux colonnes disent « prix TTC »" in answer.content.decode()
    answer = merchant.post(f"{address}/changer", {**CHOICES, "c1": "price"})
    assert "quelle colonne porte le nom" in answer.content.decode()
    assert (
        merchant.post(f"{address}/changer", {**CHOICES, "c0": "name", "c1": "price", "c2": ""}).status_code
        == 303
    )
    look(address)
    assert "Importer 2 articles" in words(merchant, address)
    again = send(merchant, a_file("Sel;1;Gris", header=header))
    assert look(again).state == "looked"
    assert choices_of(the_import(again)).columns == {0: Meaning.NAME, 1: Meaning.PRICE, 2: Meaning.IGNORED}
    stranger = Client()
    stranger.force_login(owner_of(a_shop(shop.market)))
    assert look(send(stranger, a_file("Sel;1;Gris", header=header))).state == "failed"


def test_a_table_in_a_zip_is_matched_as_well(merchant: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.writestr("tarif.csv", "Machin;Truc\nMiel;4\nSel;gratuit")
    address = send(merchant, SimpleUploadedFile("tarif.zip", packed.getvalue()))
    assert look(address).problem == "imports.not_recognised"
    assert "chaque colonne" in words(merchant, address)
    merchant.post(f"{address}/changer", {**CHOICES, "c0": "name", "c1": "price"})
    look(address)
    assert "Importer 1 article" in words(merchant, address)
    answer = merchant.get(f"{address}/refusees.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert text[0] == "Table;Numéro;Nom;Motif"
    assert text[1].startswith("tarif.csv;3;")


def test_a_workbook_is_matched_as_well(merchant: Client, tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "tarif.xlsx", [["Machin", "Truc"], ["Miel", 4]])
    address = send(merchant, SimpleUploadedFile("tarif.xlsx", book.read_bytes()))
    look(address)
    assert "Machin Miel" in words(merchant, f"{address}/changer")


def test_choices_can_be_changed_before_one_says_yes(merchant: Client, shop: Shop) -> None:
    address = send(merchant, a_file("R1;Miel;4;;;"))
    look(address)
    answer = merchant.post(
        f"{address}/changer",
        {**CHOICES, "c1": "name", "c2": "price", "online": "online", "tax": "said", "vat_rate": "10"},
    )
    assert answer.status_code == 303
    assert the_import(address).choices["vat_rate"] == "10"
    look(address)
    merchant.post(f"{address}/commencer")
    work_on(address)
    assert Product.objects.get(shop=shop).status == Product.Status.ONLINE
    answer = merchant.post(f"{address}/changer", {**CHOICES, "c1": "name"}, follow=True)
    assert 'class="banner trouble"' in answer.content.decode()  # too late
    assert the_import(address).state == "done"


def test_a_shop_without_vat_is_not_asked_for_it(merchant: Client, shop: Shop) -> None:
    assert "Prix et TVA" in words(merchant, "/gestion/articles/importer")
    Shop.objects.filter(pk=shop.pk).update(vat_regime=Shop.VatRegime.FRANCHISE)
    assert "Prix et TVA" not in words(merchant, "/gestion/articles/importer")
    assert send(merchant, a_file("R1;Miel;4;;;"))


def test_a_choice_stays_as_it_was_made(merchant: Client) -> None:
    address = send(merchant, a_file("R1;Miel;4;;;"), tax="with", online="online")
    look(address)
    form = merchant.get(f"{address}/changer").context["form"]
    assert (form["tax"].value(), form["online"].value()) == ("with", "online")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Ce fichier est vide"), (None, "Choisissez un fichier")],
)
def test_no_file_and_an_empty_one_are_said_at_once(
    merchant: Client, content: bytes | None, sentence: str
) -> None:
    data = CHOICES | ({} if content is None else {"file": SimpleUploadedFile("tarif.csv", content)})
    answer = merchant.post("/gestion/articles/importer", data)
    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    assert not Import.objects.exists()


def test_a_picture_is_no_table(merchant: Client, a_photo: Callable[..., SimpleUploadedFile]) -> None:
    address = send(merchant, a_photo(name="tarif.csv"))
    assert look(address).problem == "imports.not_a_table"
    page = merchant.get(address).content.decode()
    assert 'class="banner trouble"' in page
    assert "chaque colonne" not in page
    assert merchant.get(f"{address}/changer").status_code == 200


def test_a_file_that_is_too_large_is_not_kept(
    merchant: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_FORM", 1000 - MOST_BUNDLE_BYTES)  # a thousand bytes altogether
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner_of(shop))
    token = re.search(
        'name="csrfmiddlewaretoken" value="([^"]+)"',
        client.get("/gestion/articles/importer").content.decode(),
    )
    assert token
    said = {**CHOICES, "csrfmiddlewaretoken": token[1], "file": a_file("x" * 9000)}
    answer = client.post("/gestion/articles/importer", said)
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"file"})
    assert not answer.wsgi_request.FILES  # type: ignore[attr-defined]
    assert not Import.objects.exists()
    said = {**CHOICES, "csrfmiddlewaretoken": token[1], "file": a_file("R1;Miel;4;;;")}
    assert client.post("/gestion/articles/importer", said).status_code == 303
    said = {**CHOICES, "csrfmiddlewaretoken": "x" * 64, "file": a_file("R1;Miel;4;;;")}
    assert client.post("/gestion/articles/importer", said).status_code == 403


def test_a_full_disk_is_said_and_nothing_stays(merchant: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads.Limit, "receive_data_chunk", full)
    answer = merchant.post("/gestion/articles/importer", {**CHOICES, "file": a_file("R1;Miel;4;;;")})
    assert (answer.status_code, "plus de place" in answer.content.decode()) == (200, True)
    monkeypatch.undo()
    monkeypatch.setattr(views.ask, "hand_over", full)
    answer = merchant.post("/gestion/articles/importer", {**CHOICES, "file": a_file("R1;Miel;4;;;")})
    assert (answer.status_code, "plus de place" in answer.content.decode()) == (200, True)
    assert not Import.objects.exists()


def test_a_hostile_name_is_only_a_name(merchant: Client, shop: Shop) -> None:
    name = "../../\u202e<script>alert(1)</script>\r\nX-Evil: 1;.csv"
    import_ = ask.hand_over(
        shop, io.BytesIO(f"{HEADER}\nR1;Miel;rien;;;".encode()), name, Choices(), by=SYSTEM
    )
    ask.look(import_)
    address = f"/gestion/articles/importer/{import_.id}"
    page = (
        merchant.get(address).content.decode() + merchant.get("/gestion/articles/importer").content.decode()
    )
    assert "<script>alert" not in page
    assert "\u202e" not in page
    answer = merchant.get(f"{address}/refusees.csv")
    assert "X-Evil" not in answer
    assert "/" not in answer["Content-Disposition"].partition("''")[2]
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert send(merchant, a_file("R1;Miel;4;;;", name="../../etc/passwd"))


def test_two_tabs_import_once(merchant: Client, shop: Shop) -> None:
    address = send(merchant, a_file("R1;Miel;4;;;"))
    look(address)
    for _tab in range(2):
        answer = merchant.post(f"{address}/commencer", follow=True)
        assert 'class="banner trouble"' not in answer.content.decode()
    work_on(address)
    assert merchant.post(f"{address}/commencer", follow=True).status_code == 200
    asked = [row.args_kwargs["kwargs"]["event"] for row in DBTaskResult.objects.all()]
    assert asked.count("imports.started") == 1
    assert Product.objects.filter(shop=shop).count() == 1


def test_what_somebody_touched_stays_when_an_import_is_undone(merchant: Client, shop: Shop) -> None:
    address = bring_in(merchant, a_file("R1;Miel;4;;;", "R2;Pain;2;;;"))
    honey = variant_of(Product.objects.get(shop=shop, name="Miel"))
    catalogue.set_price(honey, Decimal("4.50"), by=SYSTEM)
    merchant.post(f"{address}/annuler")
    assert the_import(address).state == "undone"
    assert "1 article reste comme il est" in words(merchant, address)
    assert Product.objects.exclude(status="deleted").get(shop=shop) == honey.product


def test_an_import_is_undone(merchant: Client, shop: Shop) -> None:
    address = bring_in(merchant, a_file("R1;Miel, pot de 500 g;4;3;;"))
    assert "L'import est annulé" in merchant.post(f"{address}/annuler", follow=True).content.decode().replace(
        "&#x27;", "'"
    )
    assert Product.objects.get(shop=shop).status == Product.Status.DELETED
    assert "Cet import est annulé" in words(merchant, address)


def test_pictures_that_cannot_be_had_are_said_and_asked_again(merchant: Client, shop: Shop) -> None:
    header = f"{HEADER};Photos"
    address = bring_in(merchant, a_file("R1;Miel;4;;;;miel.jpg", header=header))
    assert "0 sur 1" in words(merchant, address)
    pictures.fetch(the_import(address))
    said = words(merchant, address)
    assert "1 photo manque" in said
    assert "Miel : miel.jpg" in said
    assert merchant.post(f"{address}/photos").status_code == 303
    assert reads.pictures_left(the_import(address))["waiting"] == 1


def test_every_state_and_meaning_has_its_words() -> None:
    assert set(Import.State.values) == set(STATES)
    assert set(Meaning) <= set(MEANINGS)
