# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make quality`: what can be counted about the source, as JSON. Tests and migrations are not source."""

import ast
import json
import statistics
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path("src/halles")
LONG_FILE = 400
LONG_FUNCTION = 40

Function = ast.FunctionDef | ast.AsyncFunctionDef
Graph = dict[str, set[str]]


class Source:
    """One file, parsed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text()
        self.lines = len(text.splitlines())
        self.tree = ast.parse(text)
        self.functions = [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def module(self) -> tuple[str, ...]:
        """Its dotted name, in parts."""
        parts = self.path.relative_to(PACKAGE.parent).with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" else parts


def sources(folder: Path) -> list[Source]:
    paths = [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]
    return [Source(path) for path in paths]


def imported(statement: ast.stmt) -> list[str]:
    """What one statement imports, in full."""
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    if isinstance(statement, ast.ImportFrom) and statement.level == 0 and statement.module:
        return [f"{statement.module}.{alias.name}" for alias in statement.names]
    return []


def at_module_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements that run on import; a block `if TYPE_CHECKING` does not."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        statement = waiting.pop()
        yield statement
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            waiting += statement.orelse
        elif not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            waiting += [
                child
                for child in ast.walk(statement)
                if isinstance(child, ast.stmt) and child is not statement
            ]


def graph(files: Iterable[Source], depth: int) -> Graph:
    """Which package imports which, packages being the first so many parts below ours."""
    arrows: Graph = {}
    for file in files:
        here = ".".join(file.module[1 : 1 + depth])
        arrows.setdefault(here, set())
        for statement in at_module_level(file.tree):
            for name in imported(statement):
                parts = name.split(".")
                there = ".".join(parts[1 : 1 + depth])
                if parts[0] == PACKAGE.name and there != here:
                    arrows[here].add(there)
    return arrows


def reachable(arrows: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = arrows.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def knot(arrows: Graph) -> int:
    """The largest group of packages that all reach one another; 1 is perfect."""
    reach = {name: reachable(arrows, name) for name in arrows}
    return max(
        (1 + sum(a != b and b in reach[a] and a in reach.get(b, set()) for b in arrows) for a in arrows),
        default=0,
    )


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def local_imports(files: Iterable[Source]) -> int:
    """Import statements inside functions, each counted once."""
    return len(
        {
            (file.path, node.lineno)
            for file in files
            for function in file.functions
            for node in ast.walk(function)
            if isinstance(node, (ast.Import, ast.ImportFrom))
        }
    )


def spread(values: list[int]) -> dict[str, float]:
    """Median and 95th percentile."""
    ordered = sorted(values) or [0]
    return {
        "median": statistics.median(ordered),
        "p95": ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
    }


def quality() -> dict[str, object]:
    """Every figure by its name."""
    files = sources(PACKAGE)
    functions = [function for file in files for function in file.functions]
    annotated = sum(function.returns is not None for function in functions)
    tests = sum(file.lines for file in sources(Path("tests")))
    code = sum(file.lines for file in files)
    return {
        "knot": knot(graph(files, 1)),
        "knot_of_rooms": knot(graph(files, 2)),
        "return_annotations_percent": round(100 * annotated / max(1, len(functions)), 1),
        "lines_per_file": spread([file.lines for file in files]),
        "lines_per_function": spread([lines_of(function) for function in functions]),
        "files_over_400": [str(file.path) for file in files if file.lines > LONG_FILE],
        "functions_over_40": [
            f"{file.path}:{function.lineno} {function.name}"
            for file in files
            for function in file.functions
            if lines_of(function) > LONG_FUNCTION
        ],
        "imports_inside_functions": local_imports(files),
        "test_to_code": round(tests / max(1, code), 2),
    }


if __name__ == "__main__":
    json.dump(quality(), sys.stdout, indent=2)
    sys.stdout.write("\n")
