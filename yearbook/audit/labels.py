"""The texts of a drawn chart: its labels in their order, and its words for the blind."""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from yearbook.audit.items import Item, Kind
from yearbook.audit.kin import parted
from yearbook.model import Edition, Language


def labels(svg: bytes, edition: Edition, alternative: Mapping[Language, str]) -> tuple[Item, ...]:
    """The items of a chart.

    >>> svg = b'<svg><text>437 people</text></svg>'
    >>> [item.words for item in labels(svg, Edition.EN, {Language.EN: "People"})]
    ['People', '437 people']
    """
    said = (Item(words, language, Kind.ALT) for language, words in alternative.items())
    return (*said, *_drawn(svg, edition))


def _drawn(svg: bytes, edition: Edition) -> Iterator[Item]:
    for element in ElementTree.fromstring(svg).iter():  # noqa: S314 - our own drawing
        if element.tag.rpartition("}")[2] == "text":
            words = " ".join("".join(element.itertext()).split())
            for part in parted(words):
                yield Item(part, tongue(part, edition), Kind.CHART)


def tongue(words: str, edition: Edition) -> Language:
    """The language of a label; in an edition of both, Chinese where there is a Han character."""
    if edition is Edition.BOTH:
        return Language.ZH if any("㐀" <= c <= "鿿" for c in words) else Language.EN
    return edition.languages[0]
