# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop that is rung, inside the product: made ready, worked for, ordered from. The push service is near, and looks far.

`prepare PORT CERTIFICATE BROWSER` prints an article; `work PORT CERTIFICATE` is a worker until it is ended;
`order PORT CERTIFICATE ARTICLE` prints at what time each order was committed.
"""

import json
import time

from django.core.management import call_command
from tests import factories as make
from tests.pushserver import come_near

from halles.domain.bells import actions
from halles.domain.bells.models import Device
from halles.domain.catalogue.models import Variant
from halles.domain.people.reads import actor

ORDERS, APART = 20, 1.0  # how many, and seconds between two


def main(what: str, port: str, certificate: str, given: str = "") -> None:
    """Do one of the three."""
    come_near(int(port), certificate)
    {"prepare": _prepare, "work": _work, "order": _order}[what](given)


def _prepare(browser: str) -> None:
    call_command("migrate", verbosity=0)
    variant = make.a_variant()
    owner = make.owner_of(variant.product.shop)
    actions.set_quiet(owner, None, None, by=actor(owner))
    actions.add_device(owner, actions.NewDevice(Device.Sort.ANDROID, **json.loads(browser)), by=actor(owner))
    print(variant.id)


def _work(_: str) -> None:
    call_command("worker")


def _order(variant_id: str) -> None:
    variant = Variant.objects.select_related("product__shop__market").get(pk=variant_id)
    committed = []
    for _ in range(ORDERS):
        basket = make.a_basket(variant)
        make.place_order(basket)
        committed.append(time.time())
        time.sleep(APART)
    print(json.dumps(committed))
