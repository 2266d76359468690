# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom the bell tells, when, and when it is silent. Pure: values in, values out."""

import base64
import binascii
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.db import models

from halles.domain.shops.rules import Hours, ready_at
from halles.kernel.errors import Refused
from halles.kernel.outside import Inside, check

UNSEEN_MINUTES = 30  # of opening time, after which a customer had better telephone
LOUD = dt.timedelta(minutes=10)  # as long as a call goes on by itself
LONGEST_ENDPOINT = 1000
UTC = dt.UTC


class Kind(models.TextChoices):
    """What one may be told of."""

    ARRIVALS = "arrivals"  # somebody waits outside for his order
    ORDERS = "orders"
    CHANGES = "changes"  # what a customer does to an order afterwards
    QUESTIONS = "questions"


LOUD_KINDS = frozenset({Kind.ORDERS, Kind.ARRIVALS})
# Who wants to be told of orders wants to be told of those who come for them: it is not asked twice.
ASKED_AS: Mapping[Kind, Kind] = MappingProxyType({Kind.ARRIVALS: Kind.ORDERS})


class When(models.TextChoices):
    """When somebody wants to be told."""

    ONCE = "once"
    UNSEEN = "unseen"  # if nobody has seen it
    NEVER = "never"


class Mail(Enum):
    """To whom of a circle a step writes as well."""

    NOBODY = 0
    UNREACHED = 1  # whom no device rings at this moment
    ALL = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One round: so long after the last one, for those who want to be told `when`."""

    after: dt.timedelta
    when: When
    mail: Mail


def _minutes(number: int) -> dt.timedelta:
    return dt.timedelta(minutes=number)


# What can wait a little tells whoever is told at once, and the others when nobody looked: it does not ring three times.
TOLD = (Step(_minutes(0), When.ONCE, Mail.UNREACHED), Step(_minutes(10), When.UNSEEN, Mail.ALL))
# An order rings at once, then three times more: two minutes are enough to dry one's hands, and six to serve somebody.
# Then comes a letter, which waits; four minutes later it is the others' turn.
PLAN: Mapping[Kind, tuple[Step, ...]] = MappingProxyType(
    {
        Kind.ORDERS: (
            Step(_minutes(0), When.ONCE, Mail.UNREACHED),
            Step(_minutes(2), When.ONCE, Mail.NOBODY),
            Step(_minutes(2), When.ONCE, Mail.NOBODY),
            Step(_minutes(2), When.ONCE, Mail.ALL),
            Step(_minutes(4), When.UNSEEN, Mail.ALL),
        ),
        # Somebody stands there: a letter would come too late.
        Kind.ARRIVALS: (
            Step(_minutes(0), When.ONCE, Mail.NOBODY),
            Step(_minutes(1), When.ONCE, Mail.NOBODY),
            Step(_minutes(1), When.UNSEEN, Mail.NOBODY),
            Step(_minutes(2), When.UNSEEN, Mail.NOBODY),
        ),
        Kind.CHANGES: TOLD,
        Kind.QUESTIONS: TOLD,
    }
)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which somebody's devices do not ring; they may go over midnight."""

    starts: dt.time
    ends: dt.time

    def covers(self, moment: dt.datetime, zone: ZoneInfo) -> bool:
        """Whether a moment falls into them."""
        local = moment.astimezone(zone).time()
        if self.starts < self.ends:
            return self.starts <= local < self.ends
        return local >= self.starts or local < self.ends

    def over(self, moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
        """When they end next."""
        day = moment.astimezone(zone).date()
        for ahead in range(3):
            end = dt.datetime.combine(day + dt.timedelta(days=ahead), self.ends, zone).astimezone(UTC)
            if end > moment and not self.covers(end, zone):
                return end
        raise AssertionError("a day has an end")


NIGHT = Quiet(dt.time(21), dt.time(7))  # unless somebody says otherwise


@dataclass(frozen=True, slots=True)
class Ear:
    """Somebody of the team, as the bell knows her."""

    account: uuid.UUID
    when: When
    rings: bool  # she has a device
    quiet: Quiet | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a call has come: `Call` keeps it."""

    steps: int = 0
    step_at: dt.datetime | None = None
    stepped_at: dt.datetime | None = None  # when the last step was
    next_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What is done now, and when to think of it again."""

    ring: frozenset[uuid.UUID]
    mail: frozenset[uuid.UUID]
    after: Progress


def usual(*, owner: bool, rings: bool, somebody_rings: bool) -> When:
    """When somebody is told who has not said: at once, but for those who leave it to the devices of others."""
    return When.ONCE if owner or rings or not somebody_rings else When.UNSEEN


def is_told_by_letter(ear: Ear) -> bool:
    """Whether somebody wants to be told at once and has nothing but letters for it."""
    return ear.when == When.ONCE and not ear.rings


def go_on(kind: Kind, was: Progress, ears: Iterable[Ear], *, now: dt.datetime, hours: Hours) -> Round:
    """The next round of a call that nobody has seen yet.

    The first round is for whoever is awake. Further ones wait for the shop to be open; whoever was in her quiet hours is
    rung once when they end.
    """
    ears, zone = list(ears), hours.zone
    ring = {ear.account for ear in _told(kind, was.steps, ears) if _wakes(ear, was, now, zone)}
    mail: set[uuid.UUID] = set()
    steps, step_at, stepped_at = was.steps, was.step_at, was.stepped_at
    if step_at and step_at <= now and steps and not hours.open_at(now):  # we come late: it is closed now
        step_at = _opens(hours, now)
    if step_at and step_at <= now:
        step = PLAN[kind][steps]
        circle = [ear for ear in ears if ear.when == step.when]
        ring |= {ear.account for ear in circle if _can_ring(ear, now, zone)}
        mail |= {ear.account for ear in circle if _is_written_to(ear, step.mail, now, zone)}
        steps, stepped_at = steps + 1, now
        step_at = _next_step(kind, steps, now, hours)
    ends = [_quiet_ends(ear, stepped_at, zone) for ear in _told(kind, steps, ears)]
    next_at = min((moment for moment in [step_at, *ends] if moment and moment > now), default=None)
    return Round(frozenset(ring), frozenset(mail), Progress(steps, step_at, stepped_at, next_at))


def _told(kind: Kind, steps: int, ears: Iterable[Ear]) -> list[Ear]:
    """Whose turn has come in so many steps."""
    circles = {step.when for step in PLAN[kind][:steps]}
    return [ear for ear in ears if ear.when in circles]


def _wakes(ear: Ear, was: Progress, now: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether the quiet hours in which she missed the last step have just ended; what ended earlier has rung."""
    end = _quiet_ends(ear, was.stepped_at, zone)
    if end is None or was.next_at is None or not was.next_at <= end <= now:
        return False
    return _can_ring(ear, now, zone)


def _quiet_ends(ear: Ear, stepped_at: dt.datetime | None, zone: ZoneInfo) -> dt.datetime | None:
    """When the quiet hours end in which somebody missed a step; None when she missed none."""
    if stepped_at is None or ear.quiet is None or not ear.quiet.covers(stepped_at, zone):
        return None
    return ear.quiet.over(stepped_at, zone)


def _can_ring(ear: Ear, now: dt.datetime, zone: ZoneInfo) -> bool:
    return ear.rings and not (ear.quiet and ear.quiet.covers(now, zone))


def _is_written_to(ear: Ear, mail: Mail, now: dt.datetime, zone: ZoneInfo) -> bool:
    """A letter makes no noise: it may come at night."""
    return mail == Mail.ALL or (mail == Mail.UNREACHED and not _can_ring(ear, now, zone))


def _next_step(kind: Kind, steps: int, now: dt.datetime, hours: Hours) -> dt.datetime | None:
    if steps == len(PLAN[kind]):
        return None
    due = now + PLAN[kind][steps].after
    return due if hours.open_at(due) else _opens(hours, due)


def _opens(hours: Hours, moment: dt.datetime) -> dt.datetime | None:
    """When it opens after a moment at which it is closed; None when nobody can say."""
    window = next(hours.coming(moment), None)
    return window.start.astimezone(UTC) if window else None


def is_loud(
    kind: Kind, stepped_at: dt.datetime | None, quiet: Quiet | None, now: dt.datetime, zone: ZoneInfo
) -> bool:
    """Whether a screen that is open makes a sound: for a while after each round of what is urgent, not in quiet hours.

    A counter's tablet that nobody hears does not sound all night.
    """
    recent = stepped_at is not None and now - stepped_at < LOUD
    return kind in LOUD_KINDS and recent and not (quiet and quiet.covers(now, zone))


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a customer is told of an order that nobody has seen: to telephone, or when the shop opens."""

    opens: dt.datetime | None


def unseen(hours: Hours, made_at: dt.datetime, now: dt.datetime) -> Unseen | None:
    """Whether a customer should be told, after so much opening time, that the shop has not looked."""
    if not hours.open_at(now):
        opens = _opens(hours, now)
        return Unseen(opens) if opens else None
    late = ready_at(hours, made_at, UNSEEN_MINUTES)
    return Unseen(None) if late and now >= late else None


def check_device(endpoint: str, p256dh: str, auth: str) -> None:
    """What a browser says of itself can be what it should be.

    :raises Refused: `bells.device_wrong`.
    """
    try:
        check(endpoint)
    except Inside:
        raise Refused("bells.device_wrong") from None
    point, secret = _octets(p256dh), _octets(auth)
    right = (
        len(endpoint) <= LONGEST_ENDPOINT and len(point) == 65 and point[:1] == b"\x04" and len(secret) == 16
    )
    if not right:
        raise Refused("bells.device_wrong")


def check_quiet(starts: dt.time | None, ends: dt.time | None) -> None:
    """Both or none, and not the same.

    :raises Refused: `bells.quiet_missing`, `bells.quiet_empty`.
    """
    if (starts is None) != (ends is None):
        raise Refused("bells.quiet_missing", field="ends" if ends is None else "starts")
    if starts is not None and starts == ends:
        raise Refused("bells.quiet_empty", field="ends")


def _octets(text: str) -> bytes:
    """What a base64url text holds; nothing when it is none."""
    if not text.isascii() or len(text) > 100:
        return b""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return b""
