"""What a PDF says to eyes, to a screen reader and to the camera of a phone."""

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import typst
import zxingcpp
from pypdf import PdfReader
from pypdf.generic import IndirectObject

MILLIMETRE = 72 / 25.4


def root(pdf: bytes) -> Any:
    """What the document says about itself."""
    return reader(pdf).trailer["/Root"].get_object()


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """All words in the order of reading, spaces folded, without the unseen places where a long word may break."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(words.replace("\u200b", "").split())


def edges(pdf: bytes) -> tuple[float, float, float, float]:
    """How far the signs of the first page stand from its left, bottom, right and top edge, in millimetres."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        width, height = document[0].get_size()
        words = document[0].get_textpage()
        seen = [at for at in range(words.count_chars()) if words.get_text_range(at, 1).strip()]
        boxes = [words.get_charbox(at) for at in seen]
    left, bottom = (min(box[side] for box in boxes) for side in (0, 1))
    right, top = (max(box[side] for box in boxes) for side in (2, 3))
    return left / MILLIMETRE, bottom / MILLIMETRE, (width - right) / MILLIMETRE, (height - top) / MILLIMETRE


def tags(pdf: bytes) -> list[tuple[str, str]]:
    """What a screen reader meets, in its order: the kind of each part, and the words of a picture."""
    return list(_tags(root(pdf)["/StructTreeRoot"]))


def codes(pdf: bytes) -> list[str]:
    """What a camera reads in the QR codes of the first page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        picture = document[0].render(scale=2, grayscale=True)
        dots = memoryview(picture.buffer).cast("B").cast("B", shape=[picture.height, picture.stride])
        return [found.text for found in zxingcpp.read_barcodes(dots)]


def with_picture(name: str, picture: bytes, folder: Path) -> bytes:
    """A PDF of a picture, so that ``codes`` can read it; it lies in ``folder`` as ``name``, which tells its kind."""
    sheet = folder / "sheet.typ"
    sheet.write_text("#set page(width: 100mm, height: 100mm)\n#image(sys.inputs.name, width: 80mm)")
    (folder / name).write_bytes(picture)
    return typst.compile(sheet, root=folder, sys_inputs={"name": name}, ignore_system_fonts=True)


def _tags(part: Any) -> Iterator[tuple[str, str]]:
    part = part.get_object() if isinstance(part, IndirectObject) else part
    if isinstance(part, list):
        for each in part:
            yield from _tags(each)
    elif isinstance(part, dict):
        if "/S" in part:
            yield str(part["/S"]), str(part.get("/Alt", ""))
        yield from _tags(part.get("/K"))
