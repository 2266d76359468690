# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads whose SQL is written once: pages that everybody asks for do not have it composed anew each time (ADR-0010).

    @prepared
    def _named(shop: uuid.UUID, slug: str) -> QuerySet[Product]:
        return Product.objects.filter(shop=shop, slug=slug)

    _named(shop.id, "miel")  # a list of products, as `list(queryset)` would give

The function is called once for each connection, with a `Given` in the place of every argument; what it makes of
them must not depend on their values. For a list of values there is `among`.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Model, Q, QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
R = TypeVar("R")
Sql = tuple[str, Any]
Singles = tuple[bool, ...]  # which arguments of a read are lists of one


class Given(Expression):
    """Stands in a queryset for a value that each call brings; `single` when it is a list of one."""

    def __init__(self, place: int, *, single: bool = False) -> None:
        super().__init__()
        self.place, self.single = place, single

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """A parameter whose value is not known yet."""
        return "%s", [self]

    def bind(self, values: Sequence[Any]) -> object:
        """The value of this call, as the database keeps it."""
        return _kept(values[self.place])


class _Among(Expression):
    """Whether a column has one of the values of a list, however long: one statement for all lengths."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, column: F, values: Given) -> None:
        super().__init__()
        self.column: Any = column
        self.values = values

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.column,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """SQLite takes a list as JSON, PostgreSQL as an array."""
        column, params = compiler.compile(self.column)
        test = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {test}", [*params, _Many(self.values.place)]


class _Many(Given):
    def bind(self, values: Sequence[Any]) -> object:
        if connection.vendor == "postgresql":
            return list(values[self.place])
        return json.dumps([_kept(value) for value in values[self.place]])


class _Only(Given):
    def bind(self, values: Sequence[Any]) -> object:
        (value,) = values[self.place]
        return _kept(value)


def among(column: str, values: Iterable[Any]) -> Any:  # noqa: ANN401 - a condition for `filter`
    """`column IN values`, for a prepared read.

    A list of one, which most are, is compared by itself: of any list PostgreSQL thinks that it is long, and would rather
    plan the statement anew each time.
    """
    assert isinstance(values, Given), "`among` belongs in a prepared read"
    return Q((column, _Only(values.place))) if values.single else _Among(F(column), values)


def _kept(value: Any) -> Any:  # noqa: ANN401
    match value:
        case uuid.UUID():
            return value if connection.features.has_native_uuid_field else value.hex
        case dt.datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case dt.date():
            return connection.ops.adapt_datefield_value(value)
        case str() | int():
            return value
    raise TypeError(f"{value!r} cannot be given to a prepared read")


class _Plan:
    """The SQL of one read on one connection, and how its rows become what the queryset promised."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql()
        self.is_model = issubclass(queryset._iterable_class, ModelIterable)
        self.is_flat = not self.is_model and not issubclass(queryset._iterable_class, ValuesListIterable)
        columns = [expression for expression, *_ in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)
        if self.is_model:
            info = self.compiler.klass_info
            self.model: type[Model] = info["model"]
            self.start, self.end = info["select_fields"][0], info["select_fields"][-1] + 1
            self.names = frozenset(column.target.attname for column in columns[self.start : self.end])
            self.related = get_related_populators(info, self.compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
            self.annotations = list(self.compiler.annotation_col_map.items())

    def run(self, values: Sequence[Any]) -> list[Any]:
        """Ask the database."""
        params: list[Any] = [
            param.bind(values) if isinstance(param, Given) else param for param in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = self.compiler.apply_converters(cursor.fetchall(), self.converters)
            if self.is_model:
                return [self._record(row) for row in rows]
            return [row[0] if self.is_flat else tuple(row) for row in rows]

    def _record(self, row: Sequence[Any]) -> Model:
        record = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.start : self.end])
        for populator in self.related:
            populator.populate(row, record)
        for name, column in self.annotations:
            setattr(record, name, row[column])
        return record


def prepared(build: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """Make a read of what a function says in the ORM's words; only positional arguments, no `prefetch_related`."""
    plans: WeakKeyDictionary[BaseDatabaseWrapper, dict[Singles, _Plan]] = WeakKeyDictionary()
    compose: Callable[..., Any] = build  # what it is given stands for its arguments

    @wraps(build)
    def read(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        assert not kwargs, "a prepared read takes its arguments by position"
        own = plans.setdefault(connections[DEFAULT_DB_ALIAS], {})
        singles = tuple(isinstance(value, list) and len(value) == 1 for value in args)
        plan = own.get(singles)
        if plan is None:
            queryset = compose(*(Given(place, single=single) for place, single in enumerate(singles)))
            assert not queryset._prefetch_related_lookups, "a prepared read fetches nothing beforehand"
            plan = own[singles] = _Plan(queryset)
        return plan.run(args)

    return read


def bring(owner: Model, name: str, records: list[Any]) -> None:
    """Let `owner.name.all()` give these records without asking: what `prefetch_related` does for plain reads."""
    found = getattr(owner, name).get_queryset()
    found._result_cache, found._prefetch_done = records, True
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found
