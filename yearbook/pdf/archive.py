"""Finishes a PDF/A-3a file: it is PDF/UA-1 too, and its boxes, files and metadata are put right.

WeasyPrint 70.0 writes one standard at a time; the second is two lines of metadata more.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import md5
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from yearbook.pdf.bind import written
from yearbook.pdf.document import Attachment, Document

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


def identify(pdf: Any) -> None:
    """Name both standards in the metadata, in plain text as archives want to read it."""
    metadata = _referred(pdf, pdf.catalog["Metadata"])
    metadata.stream = [part.replace(b"</rdf:RDF>", _UNIVERSAL) for part in metadata.stream]
    metadata.compress = False


def attach(pdf: Pdf, attachments: Iterable[Attachment], created: datetime) -> None:
    """Attach files as data associated with the document, by name as a PDF's table must be."""
    files = sorted(attachments, key=lambda attachment: attachment.name)
    if not files:
        return
    specifications = [_specification(pdf, file, created) for file in files]
    names = Array()
    for file, specification in zip(files, specifications, strict=True):
        names.extend([String(file.name), specification])
    if Name.Names not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=names))
    pdf.Root.AF = Array(specifications)


def _specification(pdf: Pdf, file: Attachment, created: datetime) -> Any:
    stamp = String(created.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))
    stream = pdf.make_stream(file.content)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{file.media_type}")
    stream.Params = Dictionary(
        CheckSum=String(md5(file.content, usedforsecurity=False).digest()),
        Size=len(file.content),
        CreationDate=stamp,
        ModDate=stamp,
    )
    specification = Dictionary(
        Type=Name.Filespec,
        F=String(file.name),
        UF=String(file.name),
        EF=Dictionary(F=stream),
        Desc=String(file.description),
        AFRelationship=Name.Data,
    )
    return pdf.make_indirect(specification)


def finish(pdf: Pdf, document: Document) -> bytes:
    """The finished file: with its attachments, those too that its draft gives rise to."""
    enclosed = document.enclose(written(pdf, small=False)) if document.enclose else ()
    attach(pdf, (*document.attachments, *enclosed), document.created)
    return written(pdf)
