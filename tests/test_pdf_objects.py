"""Objects of a PDF, written as pydyf writes them."""

import zlib
from importlib.util import find_spec, module_from_spec
from io import BytesIO
from typing import Any

import pydyf
import pytest

from yearbook.pdf import objects


@pytest.fixture(scope="module")
def stock() -> Any:
    """pydyf as it was installed, without the mends."""
    spec = find_spec("pydyf")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def file(library: Any, pages: int = 3) -> Any:
    """A file with objects of every kind."""
    pdf = library.PDF()
    for number in range(pages):
        content = library.Stream(compress=number != 1)
        content.set_text_matrix(1, -0.0, 1e-7, 2.5, 100000.125, number)
        content.set_font_size("A", 12.0)
        content.show_text("<0041>-25.6<0042>")
        content.rectangle(True, 0.1 + 0.2, 1e21, -3)
        pdf.add_object(content)
        array = library.Array([0, 0.5, "/Name", b"/Raw", library.String("汉(字")])
        inner = library.Dictionary({"Box": array, "None": None})
        pdf.add_page(library.Dictionary({"Type": "/Page", b"Contents": content.reference}))
        pdf.add_object(library.Dictionary({"Inner": inner, "Pages": pdf.pages.reference}))
    pdf.info["Title"] = library.String("Yearbook")
    return pdf


def written(pdf: Any, **options: Any) -> bytes:
    """The bytes of a file."""
    output = BytesIO()
    pdf.write(output, **options)
    return output.getvalue()


@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("identifier", [True, False, "name"])
def test_the_same_bytes(stock: Any, compress: bool, identifier: Any) -> None:
    """A file is written as pydyf writes it, with every kind of number, name and object."""
    options = {"compress": compress, "identifier": identifier}
    assert written(file(pydyf), **options) == written(file(stock), **options)


def test_pages_are_listed_anew_when_there_are_more(stock: Any) -> None:
    """A reference to each page, also of pages that came later."""
    own, theirs = file(pydyf), file(stock)
    assert own.page_references == theirs.page_references
    own.add_page(pydyf.Dictionary())
    theirs.add_page(stock.Dictionary())
    assert own.page_references == theirs.page_references
    assert len(own.page_references) == 4


def test_a_stream_is_packed_once_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """For file, identifier and draft the same stream is compressed once; a changed one again."""
    packed: list[int] = []

    def counted(level: int) -> Any:
        packed.append(level)
        return zlib.compressobj(level=level)

    monkeypatch.setattr(objects, "compressobj", counted)
    stream = pydyf.Stream([b"q"], compress=True)
    assert stream.data == stream.data
    assert packed == [9]
    stream.stream.append(b"Q")
    assert zlib.decompress(stream.data.split(b"stream\n")[1].split(b"\nendstream")[0]) == b"q\nQ"
    assert packed == [9, 9]


def test_an_object_that_changed_between_files_is_written_anew() -> None:
    """What was written of the draft is not taken for the file."""
    pdf = file(pydyf)
    written(pdf)
    pdf.catalog["Lang"] = pydyf.String("zh-CN")
    assert b"zh-CN" in pdf.catalog.data
    assert b"zh-CN" in written(pdf)
