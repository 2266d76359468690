# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every source file owes the house."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "halles"
FOLDERS = ("src", "tests", "tools", "benchmarks")
SOURCES = {".py", ".js", ".css", ".html", ".sh"}
SPDX = "SPDX-License-Identifier: AGPL-3.0-or-later"

# Tends the queue of django-tasks-db, which is nobody's record.
MAY_WRITE = {PACKAGE / "doors" / "clock" / "reaper.py"}
SAVES = {"save", "asave", "delete", "adelete"}
QUERY_WRITES = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "update",
    "delete",
}
QUERY_MAKERS = {"objects", "all", "filter", "exclude", "select_for_update", "select_related"}


def sources() -> list[Path]:
    files = [
        file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*")) if file.suffix in SOURCES
    ]
    return [file for file in files if "node_modules" not in file.parts]


def of_house(path: Path) -> str:
    return str(path.relative_to(ROOT))


def chain(node: ast.expr) -> set[str]:
    """Every name in `a.objects.filter(…).b`."""
    names: set[str] = set()
    current: ast.expr | None = node
    while current is not None:
        if isinstance(current, ast.Attribute):
            names.add(current.attr)
            current = current.value
        elif isinstance(current, ast.Call):
            current = current.func
        else:
            current = None
    return names


def writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that change records.

    A record's `save` and `delete` take no positional argument, other than a picture's `save(file)` or a
    cache's `delete(key)`; `update` and its like count only at the end of a query, not on a dictionary.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, receiver = node.func.attr, chain(node.func.value)
            if (name in SAVES and not node.args) or (name in QUERY_WRITES and receiver & QUERY_MAKERS):
                yield node


def test_every_file_names_its_licence() -> None:
    without = [
        of_house(file)
        for file in sources()
        if SPDX not in "".join(file.read_text().splitlines(keepends=True)[:2])
    ]
    assert without == []


def test_doors_do_not_write() -> None:
    """What changes a record is an action of the domain."""
    found = [
        f"{of_house(file)}:{call.lineno} {ast.unparse(call)[:60]}"
        for file in sorted((PACKAGE / "doors").rglob("*.py"))
        if file not in MAY_WRITE
        for call in writes(ast.parse(file.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("statement", "flagged"),
    [
        ("product.save()", True),
        ("product.save(update_fields=['name'])", True),
        ("Product.objects.filter(shop=shop).update(name='x')", True),
        ("order.lines.all().delete()", True),
        ("Product.objects.create(name='x')", True),
        ("context.update(name='x')", False),
        ("cache.delete('key')", False),
        ("image.save(file, 'PNG')", False),
        ("accounts.create(email)", False),
    ],
)
def test_the_rule_knows_a_write(statement: str, flagged: bool) -> None:
    assert bool(list(writes(ast.parse(statement)))) is flagged


def test_the_demonstration_only_calls_actions_and_reads() -> None:
    """It may name a record as a type, but neither asks the database for it nor changes it."""
    found = []
    for file in sorted((PACKAGE / "demo").rglob("*.py")):
        tree = ast.parse(file.read_text())
        queries = [
            node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "objects"
        ]
        found += [f"{of_house(file)}:{node.lineno}" for node in [*writes(tree), *queries]]
    assert found == []


def test_nothing_foreign_is_kept() -> None:
    """Minified or bundled code of others comes inside packages, never in the repository."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [name for name in listed if ".min." in name or "vendor/" in name or "node_modules/" in name] == []
