# SPDX-License-Identifier: AGPL-3.0-or-later
"""One shop as busy as any will be, under `HALLES_DATA`: 10,000 articles, 20,000 customers, 50,000 orders in two years.

Three hundred of its orders are open, for today and the week that follows; a hundred and twenty questions wait. Beside
them lies what two years of work leave: imports, a bulk edit, photographs sent together, closures, ways, a team, the journal.
What is many is written in bulk, all else by the house's own actions. `town.json` notes the market that customers see.
"""

import csv
import datetime as dt
import io
import itertools
import json
import uuid
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image
from tests import factories as make

from benchmarks import town
from benchmarks.busy_orders import Past, identifier, write_orders
from benchmarks.catalogue import HEADER, cells
from halles.domain.appointments import actions as appointments
from halles.domain.bells.models import Device
from halles.domain.bulkedits import actions as bulkedits
from halles.domain.bulkedits.actions import walk
from halles.domain.bulkedits.models import BulkEdit
from halles.domain.bulkedits.rules import Asked, What
from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Picture, Product, Variant
from halles.domain.conversations.models import Conversation, Message, Side
from halles.domain.customers.models import Customer
from halles.domain.imports.actions import ask, work
from halles.domain.imports.drafts import Choices
from halles.domain.imports.models import Import
from halles.domain.offers.reads import Wish
from halles.domain.orders.actions.note import How, NotedLine, note
from halles.domain.orders.actions.place import Contact, Door
from halles.domain.orders.models import ShopOrder
from halles.domain.people.actions import open_account
from halles.domain.rolls.actions import look, take
from halles.domain.rounds import photos
from halles.domain.rounds.actions import doors
from halles.domain.rounds.actions.doors import Told
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Closure, Market, Place, Shop, Staff
from halles.domain.shops.rules import Window
from halles.kernel.actor import SYSTEM, Kind
from halles.kernel.units import Unit

PRODUCTS, CUSTOMERS, ORDERS, OPEN, QUESTIONS, WAITING = 10_000, 20_000, 50_000, 300, 2_500, 120
BY_WEIGHT = 20  # each so many articles are sold by the kilogram
IMPORTED, EDITED, SHOTS = 500, 3_000, 200
TODAY = 15  # to be brought, and as many to the depot
NEVER = 1e9  # seconds: to the end
ROLES = [Staff.Role.MANAGER, Staff.Role.MANAGER, Staff.Role.SELLER, Staff.Role.SELLER, Staff.Role.SELLER]


def main(scale: str = "1") -> None:
    """Build it; a `scale` of 100 makes a hundredth of it."""
    part = int(scale)
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        market = town.open_market()
        categories = town.add_categories(market)
        shop = town.open_shop(market, 0)
    number = PRODUCTS // part
    for first in range(0, number, town.BATCH):
        with transaction.atomic():
            town.add_products([shop], categories, range(first, min(first + town.BATCH, number)), number)
    _sell_by_weight(shop)
    town.add_pictures()
    _share_pictures(shop)
    with transaction.atomic():
        people = _customers(market, CUSTOMERS // part)
        write_orders(shop, people, Past(ORDERS // part, OPEN // part))
        _questions(shop, people, QUESTIONS // part, max(WAITING // part, 3))
    _team(shop)
    _days(shop)
    _ways(shop)
    _agenda(shop)
    _imports(shop, IMPORTED // part)
    _bulk_edits(shop, EDITED // part)
    _rolls(shop, SHOTS // part)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (settings.DATA / "town.json").write_text(json.dumps({"shop": f"/boutiques/{shop.slug}"}))


def _sell_by_weight(shop: Shop) -> None:
    """Cheese, fruit: each so many articles, of those that are not counted and have no sizes."""
    slugs = [f"article-{n}" for n in range(0, PRODUCTS, BY_WEIGHT)]
    Product.objects.filter(shop=shop, slug__in=slugs).update(unit=Unit.KILOGRAM)
    Variant.objects.filter(product__slug__in=slugs, shop=shop).update(content=None, content_unit="")


def _share_pictures(shop: Shop) -> None:
    """Nearly every article has a photograph; there are few drawings, so that their files lie under many names."""
    drawn = list(Picture.objects.filter(product__shop=shop))
    bare = Product.objects.filter(shop=shop, pictures=None).exclude(slug__endswith="7")
    folder = Path(settings.MEDIA_ROOT) / "pictures"
    new = []
    for product, like in zip(bare, itertools.cycle(drawn), strict=False):
        facts = {
            name: getattr(like, name)
            for name in ("original", "width", "height", "colour", "widths", "digest", "weight")
        }
        new.append(Picture(product=product, **facts))
        (folder / str(new[-1].id)).symlink_to(folder / str(like.id))
    Picture.objects.bulk_create(new, batch_size=town.BATCH)


def _customers(market: Market, number: int) -> list[Customer]:
    """Four of five left an e-mail address, the others a telephone."""
    return Customer.objects.bulk_create(
        (
            Customer(
                market=market,
                name=f"Cliente {town.word(n).capitalize()}",
                email="" if n % 5 == 4 else f"cliente{n}@bench.halles.test",
                phone=f"+336{n:08}" if n % 3 == 0 or n % 5 == 4 else "",
                confirmed_at=town.BEGINNING,
            )
            for n in range(number)
        ),
        batch_size=town.BATCH,
    )


def _questions(shop: Shop, people: Sequence[Customer], number: int, waiting: int) -> None:
    """Those that wait are of the last two days; each of the others was answered, most are closed."""
    now, products = timezone.now(), list(Product.objects.filter(shop=shop)[:500])
    conversations, messages = [], []
    for n in range(number):
        waits = n >= number - waiting
        age = dt.timedelta(minutes=20 * (number - n)) if waits else dt.timedelta(hours=50 + 6 * (number - n))
        customer, at = people[n * 7 % len(people)], now - age
        state = Conversation.State.OPEN if waits else Conversation.State.ANSWERED
        closed = not waits and n % 3 > 0
        one = Conversation(
            id=identifier(at),
            created_at=at,
            shop=shop,
            product=products[n % len(products)] if n % 4 else None,
            customer=customer,
            name=customer.name,
            email=customer.email,
            phone=customer.phone,
            state=Conversation.State.CLOSED if closed else state,
            closed_by=Side.SHOP if closed else "",
            last_at=at,
        )
        conversations.append(one)
        for turn in range(1 + 2 * (n % 3) if waits else 2 + 2 * (n % 2)):
            said = at - dt.timedelta(minutes=30 * (5 - turn))
            asks = turn % 2 == 0
            messages.append(
                Message(
                    id=identifier(said),
                    created_at=said,
                    conversation=one,
                    text="L'avez-vous en plus grand, pour samedi ?" if asks else "Oui, je vous en garde un.",
                    actor_kind=Kind.CUSTOMER if asks else Kind.ACCOUNT,
                )
            )
    Conversation.objects.bulk_create(conversations, batch_size=town.BATCH)
    Message.objects.bulk_create(messages, batch_size=town.BATCH)


def _team(shop: Shop) -> None:
    """Five more who work there, two who are invited; four devices of the owner that ring nobody."""
    for number, role in enumerate(ROLES):
        account = open_account(f"equipe{number}@bench.halles.test", name=f"équipe {number}")
        Staff.objects.create(shop=shop, account=account, role=role)
    for number in range(2):
        shops.invite(shop, f"invitee{number}@bench.halles.test", Staff.Role.SELLER, by=SYSTEM)
    owner = shop.staff.get(role=Staff.Role.OWNER).account
    for number, sort in enumerate([Device.Sort.ANDROID, Device.Sort.APPLE, Device.Sort.COMPUTER]):
        Device.objects.create(
            account=owner, sort=sort, endpoint=f"https://push.halles.test/{number}", digest=str(number)
        )


def _days(shop: Shop) -> None:
    """A stall on two days of the week; congés gone by and to come."""
    stall = shops.add_place(
        shop, Place.Kind.STALL, name="Le marché", address="", postal_code="86000", city="Poitiers", by=SYSTEM
    )
    shops.set_hours(stall, [(day, dt.time(8), dt.time(13)) for day in (2, 5)], by=SYSTEM)
    today = timezone.localdate()
    Closure.objects.bulk_create(
        Closure(shop=shop, first_day=day, last_day=day + dt.timedelta(3), reason="Congés")
        for day in (today + dt.timedelta(40 * k) for k in range(-20, 3) if k)
    )


def _ways(shop: Shop) -> None:
    """Beside its counter it goes round on two evenings, and leaves things at a depot."""
    evenings = [(day, dt.time(17), dt.time(19)) for day in (1, 4)]
    round_ = make.a_way(shop, Place.Kind.ROUND, "86000", "86180", hours=evenings, minutes=30, capacity=4)
    depot = make.a_way(shop, Place.Kind.DEPOT, hours=evenings[:1], capacity=20)
    variants = Variant.objects.filter(shop=shop, product__unit=Unit.PIECE, product__status="online")
    goods = list(variants.select_related("product__shop__market")[:20])
    for number in range(TODAY):
        door = Door(f"{number + 1} rue Neuve", "Poitiers")
        brought = _noted(shop, NotedLine(Decimal(1), goods[number]), How(round_.id, "86000", door))
        _noted(shop, NotedLine(Decimal(1), goods[number]), How(depot.id))
    left_there = photos.keep(io.BytesIO(_photo(0)))
    doors.deliver(brought, Told(SYSTEM), photo=left_there)


def _agenda(shop: Shop) -> None:
    """Somebody comes every hour of tomorrow; the evening is blocked."""
    tasting = make.a_service(shop, minutes=45, pause=15, name="Dégustation")
    for hour in range(8, 18):
        _noted(shop, NotedLine(Decimal(1), tasting, starts_at=make.in_days(1, f"{hour:02}:00")), How())
    evening = Window(make.in_days(1, "19:00"), make.in_days(1, "20:00"))
    appointments.absent(tasting.product.service.resources.get(), evening, by=SYSTEM)


def _noted(shop: Shop, line: NotedLine, how: How) -> ShopOrder:
    """An order that the shop wrote down for today."""
    contact = Contact("Cliente", phone="06 12 34 56 78")
    key = uuid.uuid4().hex
    wish = Wish(timezone.localdate())
    return note(shop, [line], contact, wish=wish, how=how, terms=lambda *_: "", by=SYSTEM, key=key)


def _imports(shop: Shop, rows: int) -> None:
    """One was looked at and waits for a yes, one was written; thirty others are over."""
    for number in range(30):
        over = timezone.now() - dt.timedelta(days=90 + number)
        Import.objects.create(
            shop=shop, file_name=f"fournisseur-{number}.csv", reader="spreadsheet", state=Import.State.DONE,
            total=400, rows=400, created=30, changed=100, unchanged=260, refused=10, actor_kind=Kind.SYSTEM,
            created_at=over, ended_at=over,
        )  # fmt: skip
    for goes_on in (True, False):
        file = io.BytesIO(_table(rows).encode())
        import_ = ask.hand_over(shop, file, "caisse.csv", Choices(), alone=True, by=SYSTEM)
        ask.look(import_)
        if goes_on:
            ask.start(import_, alone=True, by=SYSTEM)
            import_.refresh_from_db()
            work.go_on(import_, seconds=NEVER)


def _table(rows: int) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows(itertools.islice(cells(), rows))
    return text.getvalue()


def _bulk_edits(shop: Shop, number: int) -> None:
    """One of three thousand articles was looked at, one of three hundred was done."""
    for many, goes_on in ((number // 10, True), (number, False)):
        ids = list(Product.objects.filter(shop=shop).values_list("pk", flat=True)[:many])
        found = shelf.products(shop).filter(pk__in=ids)
        edit = bulkedits.look(shop, found, Asked(What.SOLD_OUT), found_by={}, by=SYSTEM)
        _walk(edit)
        if goes_on:
            bulkedits.start(edit, by=SYSTEM)
            _walk(edit)


def _walk(edit: BulkEdit) -> None:
    edit.refresh_from_db()
    while walk.step(edit):
        pass


def _rolls(shop: Shop, number: int) -> None:
    """Photographs that came together: half of them name their article, the others wait for somebody who knows."""
    gtins = list(Variant.objects.filter(shop=shop).values_list("gtin", flat=True)[: number // 2])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        for place in range(number):
            name = gtins[place] if place < len(gtins) else f"IMG_{place:04}"
            bundle.writestr(f"{name}.jpg", _photo(place))
    roll = take.begin(shop, by=SYSTEM)
    take.take(roll, packed, "photos.zip")
    take.close(roll, alone=True)
    look.look(roll, seconds=NEVER)


def _photo(number: int) -> bytes:
    photo = io.BytesIO()
    Image.new("RGB", (640, 480), (number % 256, 120, 80)).save(photo, "JPEG")
    return photo.getvalue()
