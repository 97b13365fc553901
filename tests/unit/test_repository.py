"""The house rules that no linter knows: sizes, docstrings, purity of the inner rooms, and documents that are true."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import click
import pytest

from whoholds import errors
from whoholds.cli import commands
from whoholds.config import SETTINGS
from whoholds.second_opinion import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "whoholds"
MODULES = sorted(PACKAGE.rglob("*.py"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

MODULE_LINES, FUNCTION_LINES, MEDIAN_LINES, PARAMETERS = 400, 60, 12, 6

CORE = ("errors.py", "identity.py", "model.py", "ports.py", "taxonomy.py")
PURE = ("locate/geometry*.py", "locate/names*.py", "locate/rank*.py")
EXTRAS = {  # a room or a module, and the extra that it may import
    "second_opinion": "second-opinion",
    "web": "web",
    "access.py": "exports",
    "geoparquet.py": "exports",
}
HARMLESS = {"geographiclib", "anyascii", "numpy", "rapidfuzz"}  # third parties that compute and touch nothing
INPUT_OUTPUT = {"http", "io", "os", "pathlib", "requests", "shutil", "socket", "sqlalchemy", "sqlite3", "subprocess", "tempfile", "urllib"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """Count the lines of the signature and the body; the docstring is free."""
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    documentation = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - documentation


def parameters(function: Function) -> int:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return len([argument for argument in named if argument.arg not in {"self", "cls"}])


def imported(path: Path) -> set[str]:
    """Return the top-level packages that a module imports anywhere in it."""
    nodes = list(ast.walk(tree(path)))
    plain = {alias.name.partition(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {(node.module or "").partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}


def private_imports(module: ast.Module) -> list[str]:
    """Return the names with a leading underscore that a module takes from another of ours; `__version__` and its like are public."""
    nodes = [node for node in ast.walk(module) if isinstance(node, ast.Import | ast.ImportFrom)]
    paths = [f"{origin(node)}{alias.name}" for node in nodes for alias in node.names]
    ours = [path for path in paths if path.partition(".")[0] in {"", "whoholds"}]
    return [path for path in ours if any(re.match(r"_(?!_)", word) for word in path.split("."))]


def origin(node: ast.Import | ast.ImportFrom) -> str:
    """Return what stands before the imported name, with a dot; a relative import begins with one."""
    if isinstance(node, ast.Import):
        return ""
    return "." * node.level + (f"{node.module}." if node.module else "")


def undocumented(body: list[ast.stmt], owner: str = "") -> Iterator[str]:
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not overload(node):
            yield f"{owner}{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node.body, f"{owner}{node.name}.")


def overload(node: Function | ast.ClassDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id in {"overload", "override"} for mark in node.decorator_list)


def tracked() -> list[Path]:
    """Return the text files under version control, as they stand in the working tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607  git is on the path or the test skips
    if listed.returncode:
        pytest.skip("NOT CHECKED: this is no git checkout")
    paths = (ROOT / path for path in listed.stdout.split("\0") if path)
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_fits_the_eye(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES
    assert not [(function.name, length(function)) for function in functions(path) if length(function) > FUNCTION_LINES]
    assert not [(function.name, parameters(function)) for function in functions(path) if parameters(function) > PARAMETERS]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_public_name_makes_its_promise(path: Path) -> None:
    module = tree(path)
    assert ast.get_docstring(module), "the module has no docstring"
    assert not list(undocumented(module.body))


def test_functions_are_short_on_the_whole() -> None:
    assert statistics.median(length(function) for path in MODULES for function in functions(path)) <= MEDIAN_LINES


def test_no_vague_room() -> None:
    vague = {"util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers", "misc", "common"}
    assert not [name(path) for path in MODULES if vague & set(path.stem.split("_"))]


@pytest.mark.parametrize("pattern", [*CORE, *PURE])
def test_inner_rooms_touch_nothing_outside(pattern: str) -> None:
    allowed = {"whoholds", *sys.stdlib_module_names} - INPUT_OUTPUT | (set() if pattern in CORE else HARMLESS)
    assert not {name(path): extra for path in PACKAGE.glob(pattern) if (extra := imported(path) - allowed)}


def test_extraction_is_pure_but_for_its_parser_and_its_morphology() -> None:
    forbidden = {"requests", "spacy", "sqlalchemy", "sqlite3", "urllib", "socket"}
    rooms = [path for path in PACKAGE.glob("extract/**/*.py") if path.stem not in {"nlp", "morphology"}]
    assert not {name(path): extra for path in rooms if (extra := forbidden & imported(path))}


def declared(requirements: list[str]) -> set[str]:
    """Return the packages that these requirements bring, by the names they are imported by."""
    names = {re.split(r"[^\w.-]", requirement, maxsplit=1)[0].replace("-", "_").lower() for requirement in requirements}
    return {name.removesuffix("_slim") for name in names}


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known = declared(project["dependencies"]) | {"whoholds", *sys.stdlib_module_names}
    optional = {room: declared(project["optional-dependencies"][extra]) for room, extra in EXTRAS.items()}
    allowed = {
        path: known | next((more for room, more in optional.items() if room in path.relative_to(PACKAGE).parts), set()) for path in MODULES
    }
    assert not {name(path): extra for path in MODULES if (extra := imported(path) - allowed[path])}
    assert set(PACKAGES) == optional["second_opinion"], "what is looked for is what the extra brings"
    assert {f"whoholds[{extra}]" for extra in EXTRAS.values()} <= set(project["optional-dependencies"]["dev"]), "extras are tested"


def test_what_an_extra_brings_is_imported_late() -> None:
    modules = "whoholds.cli, whoholds.pipeline, whoholds.queries.exporting, whoholds.second_opinion"
    code = f"import sys, {modules}; print(*sorted({{'openai', 'openpyxl', 'pyarrow', 'pydantic_ai', 'httpx2'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_keeps_its_private_names(path: Path) -> None:
    assert not private_imports(tree(path))


@pytest.mark.parametrize(
    ("code", "private"),
    [
        ("from whoholds.export.table import _drawn, table", ["whoholds.export.table._drawn"]),
        ("from whoholds.export import _table", ["whoholds.export._table"]),
        ("from whoholds.export._table import drawn", ["whoholds.export._table.drawn"]),
        ("def late():\n    import whoholds._inner as inner", ["whoholds._inner"]),
        ("from .table import _drawn as drawn", [".table._drawn"]),
        ("from . import _table", ["._table"]),
        ("from whoholds import __version__\nfrom whoholds.export import table as _table", []),
        ("from __future__ import annotations\nfrom _typeshed import _T\nimport _socket", []),
    ],
)
def test_a_private_name_is_seen(code: str, private: list[str]) -> None:
    assert private_imports(ast.parse(code)) == private


def test_all_data_goes_into_the_wheel() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["*"]
    shipped = [path for path in tracked() if path.is_relative_to(PACKAGE) and path.suffix != ".py"]
    # A pattern counts from the nearest folder above the file that is a package.
    left_out = [path for path in shipped if not any(fnmatch(from_package(path), pattern) for pattern in patterns)]
    assert not list(map(name, left_out))


def from_package(path: Path) -> str:
    package = next(folder for folder in path.parents if (folder / "__init__.py").is_file() or folder == PACKAGE)
    return path.relative_to(package).as_posix()


def test_no_file_names_a_machine_or_an_index() -> None:
    machine = re.compile(r"(?<![\w.:/~@)}\]-])/(?:home|root|work|mnt|srv|opt|Users)/\w")
    index = re.compile(r"pyp[i]\.(?:org|python)|python[h]osted|--(?:extra-)?[i]ndex-url|--find[-]links")
    found = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if machine.search(line) or index.search(line)
    ]
    assert not found


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_relative_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    targets = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert not [target for target in targets if not (document.parent / target).exists()]


def test_readme_names_only_targets_that_make_has() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    said = {target for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md") for target in re.findall(r"`make ([a-z]+)", path.read_text())}
    assert said
    assert said <= targets


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_and_command_line_know_the_same_verbs() -> None:
    said = set(re.findall(r"^(?:\$ )?whoholds ([a-z][a-z-]+)", readme(), flags=re.MULTILINE))
    said |= set(re.findall(r"`whoholds ([a-z][a-z-]+)", readme()))
    assert said == set(commands.commands)


def test_every_option_is_explained() -> None:
    options = [
        (verb, option) for verb, command in commands.commands.items() for option in command.params if isinstance(option, click.Option)
    ]
    assert options
    assert not [(verb, option.opts) for verb, option in options if not option.help and not option.hidden]


def test_readme_names_only_options_that_exist() -> None:
    known = {word for command in (commands, *commands.commands.values()) for option in command.params for word in option.opts} | {
        "--help",
        "--version",
    }
    lines = [line for line in readme().splitlines() if re.match(r"\s*(?:\$ )?whoholds ", line)]
    said = {word for line in lines for word in re.findall(r"--[a-z][a-z-]*", line)}
    assert said <= known


def test_readme_names_every_exit_code() -> None:
    codes = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.WhoHoldsError)}
    assert {int(code) for code in re.findall(r"^\| (\d) \|", readme(), flags=re.MULTILINE)} >= codes | {0}


def test_readme_names_every_setting() -> None:
    assert not [setting.variable for setting in SETTINGS if f"`{setting.variable}`" not in readme()]
