"""The page and what it loads: modules, styles and glyphs of this package, and MapLibre from the package that brings it."""

from __future__ import annotations

import hashlib
import importlib.util
import mimetypes
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from whoholds.errors import SetupError
from whoholds.web.answers import Stored, accepts_gzip, packed
from whoholds.web.problems import Problem

STATIC = Path(__file__).parent / "static"
"""The files of the page."""

VENDOR = frozenset(("maplibre-gl.js", "maplibre-gl.css"))
"""The files that are taken from the package of MapLibre."""

_TYPES = {".js": "text/javascript", ".pbf": "application/x-protobuf", ".geojson": "application/geo+json", ".woff2": "font/woff2"}
_PACKED_ALREADY = frozenset((".png", ".webp", ".woff2", ".jpg", ".ico"))


def vendor_folder() -> Path:
    """Return where MapLibre's files lie; its Python code is not loaded.

    Raises:
        SetupError: when the package is not installed.
    """
    found = importlib.util.find_spec("maplibre")
    folder = Path(found.origin).parent / "srcjs" if found is not None and found.origin else None
    if folder is None or not all((folder / name).is_file() for name in VENDOR):
        raise SetupError("the map's drawing library is not installed; pip install 'whoholds[web]'")
    return folder


def pages() -> APIRouter:
    """Return the addresses of the page.

    Raises:
        SetupError: when MapLibre is not installed.
    """
    router = APIRouter(include_in_schema=False)
    vendor = vendor_folder()

    @router.get("/")
    async def index(request: Request) -> Response:
        return await _sent(STATIC, "index.html", request)

    @router.get("/static/{path:path}")
    async def static(path: str, request: Request) -> Response:
        return await _sent(STATIC, path, request)

    @router.get("/vendor/{name}")
    async def vendored(name: str, request: Request) -> Response:
        if name not in VENDOR:
            raise Problem(404, "nothing has this address")
        return await _sent(vendor, name, request)

    return router


async def _sent(folder: Path, path: str, request: Request) -> Response:
    """Return a file below a folder, packed where the client takes that.

    Raises:
        Problem: when there is none.
    """
    file = _inside(folder, path)
    stat = file.stat()
    stored, tag = await run_in_threadpool(_read, file, stat.st_mtime_ns, stat.st_size)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    media_type = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if stored.packed is not None and accepts_gzip(request):
        return Response(stored.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=media_type)
    return Response(stored.plain, headers=headers, media_type=media_type)


def _inside(folder: Path, path: str) -> Path:
    try:
        file = (folder / path).resolve(strict=True)
    except (OSError, ValueError):
        raise Problem(404, "nothing has this address") from None
    if not file.is_relative_to(folder.resolve()) or not file.is_file() or file.suffix == ".py":
        raise Problem(404, "nothing has this address")
    return file


@lru_cache(maxsize=512)
def _read(file: Path, changed_ns: int, size: int) -> tuple[Stored, str]:
    """Return a file and its tag; when it changed, and its size, are what it is remembered by."""
    plain = file.read_bytes()
    tag = f'W/"{hashlib.sha256(plain).hexdigest()[:24]}"'
    del changed_ns, size
    return Stored(plain, None if file.suffix in _PACKED_ALREADY else packed(plain)), tag
