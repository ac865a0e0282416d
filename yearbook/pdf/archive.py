"""Finishes a PDF/A-3a file: it is PDF/UA-1 too, and its boxes, files and metadata are put right.

WeasyPrint 70.0 writes one standard at a time; the second is two lines of metadata more. What
follows goes through its ``finisher``, the hook it offers for such work.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import md5
from io import BytesIO
from typing import Any

import pydyf

from yearbook.pdf.document import Attachment, Document

_POINTS = 0.75  # of a CSS pixel

#: PDF/UA-1 identification (ISO 14289-1, 5) and, because PDF/A knows no such property, the
#: extension schema that declares it (ISO 19005-3, 6.6.2.3.3).
_UNIVERSAL = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
    b'pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about="" '
    b'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    b'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    b'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA part</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    b"</rdf:RDF>"
)


def _referred(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _all(pdf: Any, key: str, value: str) -> Iterator[Any]:
    return (thing for thing in pdf.objects if isinstance(thing, dict) and thing.get(key) == value)


def identify(pdf: Any) -> None:
    """Name both standards in the metadata, in plain text as archives want to read it."""
    metadata = _referred(pdf, pdf.catalog["Metadata"])
    metadata.stream = [part.replace(b"</rdf:RDF>", _UNIVERSAL) for part in metadata.stream]
    metadata.compress = False


def place_figures(pdf: Any) -> None:
    """Give the boxes of figures in PDF points from the foot of the page, not CSS pixels."""
    for figure in _all(pdf, "S", "/Figure"):
        height = _referred(pdf, figure["Pg"])["MediaBox"][3]
        left, top, right, bottom = (side * _POINTS for side in figure["A"]["BBox"])
        figure["A"]["BBox"][:] = [left, height - bottom, right, height - top]


def draft(pdf: Any) -> bytes:
    """The file as it stands, to be read before files are attached; ``pdf`` is as it was."""
    count, output = len(pdf.objects), BytesIO()
    pdf.write(output, b"1.7", False, False)
    # Writing adds objects of its own and counts the bytes written.
    del pdf.objects[count:]
    pdf.current_position = 0
    return output.getvalue()


def attach(pdf: Any, attachments: Iterable[Attachment], created: datetime) -> None:
    """Attach files as data associated with the document, by name as a PDF's table must be."""
    files = sorted(attachments, key=lambda attachment: attachment.name)
    if not files:
        return
    specifications = [_specification(pdf, file, created) for file in files]
    names = pydyf.Array()
    for file, specification in zip(files, specifications, strict=True):
        names.extend((pydyf.String(file.name), specification.reference))
    table = pydyf.Dictionary({"Names": names})
    pdf.add_object(table)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = table.reference
    pdf.catalog["AF"] = pydyf.Array(one.reference for one in specifications)


def _specification(pdf: Any, file: Attachment, created: datetime) -> Any:
    stamp = pydyf.String(created.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))
    checksum = md5(file.content, usedforsecurity=False).hexdigest()
    extra = {
        "Type": "/EmbeddedFile",
        "Subtype": f"/{file.media_type.replace('/', '#2f')}",
        "Params": pydyf.Dictionary(
            {
                "CheckSum": f"<{checksum}>",
                "Size": len(file.content),
                "CreationDate": stamp,
                "ModDate": stamp,
            }
        ),
    }
    stream = pydyf.Stream([file.content], extra, compress=True)
    pdf.add_object(stream)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(file.name),
            "UF": pydyf.String(file.name),
            "EF": pydyf.Dictionary({"F": stream.reference}),
            "Desc": pydyf.String(file.description),
            "AFRelationship": "/Data",
        }
    )
    pdf.add_object(specification)
    return specification


def finish(pdf: Any, document: Document) -> None:
    """All of the above, on the PDF as WeasyPrint built it, before it is written."""
    identify(pdf)
    place_figures(pdf)
    enclosed = document.enclose(draft(pdf)) if document.enclose else ()
    attach(pdf, (*document.attachments, *enclosed), document.created)
