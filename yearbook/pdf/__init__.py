"""Prints a page: whole HTML in, one PDF out that is tagged (PDF/UA-1) and archival (PDF/A-3a).

The page may use nothing but the assets it comes with, and every doubt the engine has about it
comes back as a finding. See docs/pdf.md.
"""

from yearbook.pdf.document import Attachment, Document, Printed

# Before any other part that touches WeasyPrint: this import keeps the system's fonts out.
from yearbook.pdf.engine import VERSION, ready
from yearbook.pdf.pages import Kept
from yearbook.pdf.press import render
from yearbook.pdf.subset import cut

__all__ = ["VERSION", "Attachment", "Document", "Kept", "Printed", "cut", "ready", "render"]
