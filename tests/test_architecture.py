"""The rules of the house that a reader of the code relies on, held against the code itself."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("kb", "ingest", "index", "api")
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
NAMES = [str(file.relative_to(ROOT)) for file in FILES]
MAY_IMPORT = {"kb": {"kb"}, "ingest": {"ingest", "kb"}, "index": {"index", "kb"}, "api": set(ROOMS)}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_module_imports_only_downwards(file: Path) -> None:
    room = file.relative_to(ROOT).parts[0]
    assert {name for name in imported(file) if name in (*ROOMS, "tests", "bench")} <= MAY_IMPORT[room]


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_module_opens_with_one_sentence(file: Path) -> None:
    said = ast.get_docstring(ast.parse(file.read_text("utf-8")))
    assert said
    assert said.splitlines()[0].rstrip().endswith((".", ":", "?")), said.splitlines()[0]


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_public_name_says_what_it_is(file: Path) -> None:
    assert list(unspoken(ast.parse(file.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "file", [ROOT / name for name in NAMES if not name.startswith("api/")], ids=lambda file: file.name
)
def test_nothing_below_the_doors_swallows_errors_it_does_not_know(file: Path) -> None:
    handlers = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ExceptHandler)]
    swallowed = [handler.lineno for handler in handlers if is_broad(handler) and not raises_again(handler)]
    assert swallowed == []


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_module_leaves_work_for_later(file: Path) -> None:
    assert re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", file.read_text("utf-8")) == []


def test_sql_stands_only_in_the_store() -> None:
    speaking = re.compile(r"\b(?:SELECT|INSERT INTO|DELETE FROM|UPDATE \w+ SET|CREATE TABLE|PRAGMA)\b")
    elsewhere = [
        name
        for name, file in zip(NAMES, FILES, strict=True)
        if not name.startswith("kb/store/")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and speaking.search(node.value)
    ]
    assert elsewhere == []


def test_the_environment_is_read_only_where_a_program_starts() -> None:
    readers = {name for name, file in zip(NAMES, FILES, strict=True) if "os.environ" in file.read_text("utf-8")}
    assert readers <= {"kb/settings.py", "ingest/sandbox.py", "api/__init__.py"}


def test_every_package_is_shipped() -> None:
    configured = re.search(r"^packages = \[(.*?)\]$", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert configured is not None
    shipped = set(re.findall(r'"([^"]+)"', configured[1]))
    assert shipped == {".".join(file.relative_to(ROOT).parts[:-1]) for file in FILES if file.name == "__init__.py"}


def imported(file: Path) -> set[str]:
    """The top names that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.partition(".")[0])
    return found


def unspoken(tree: ast.AST, inside: str = "") -> list[str]:
    """Public classes and functions without a docstring; what a public class inherits or overloads says it too."""
    found = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            if ast.get_docstring(node) is None:
                found.append(inside + node.name)
            if isinstance(node, ast.ClassDef):
                found.extend(unspoken(node, f"{node.name}."))
    return found


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Whether it catches what nobody foresaw."""
    if handler.type is None:
        return True
    names = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in names)


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether it only cleans up and lets the error go on."""
    return any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))


def test_every_file_that_a_package_reads_is_shipped_with_it() -> None:
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    patterns = shipped["package-data"]
    for package in shipped["packages"]:
        folder = ROOT / package.replace(".", "/")
        for file in folder.iterdir():
            if file.is_file() and file.suffix not in {".py", ".pyc"}:
                wanted = patterns.get(package, [])
                assert any(file.match(pattern) for pattern in wanted), f"{file} is in no pattern of {package}"
