"""What the printer has at hand, the same for every edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yearbook.chart import Chart
from yearbook.fonts import Face
from yearbook.node import Cache
from yearbook.theme import Theme


@dataclass(frozen=True, slots=True)
class Kit:
    """Templates by name, the theme, the faces, the charts, the date the files bear.

    ``files`` are those of the project, of which each PDF carries the data behind it; ``cache``
    finds what was made before; ``system`` is the versions of the libraries that lay out a PDF.
    """

    templates: Mapping[str, str]
    theme: Theme
    faces: tuple[Face, ...]
    charts: Mapping[str, Chart]
    created: datetime
    files: Mapping[str, bytes] = field(default_factory=dict)
    cache: Cache = field(default_factory=Cache)
    system: Mapping[str, str] = field(default_factory=dict)
