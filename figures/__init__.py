"""The charts of the yearbook, by the id of their row in charts.csv."""

from collections.abc import Mapping

from figures import dispatched, funds, partners, provinces, timeline, trained, wenchuan
from yearbook.chart import Chart

CHARTS: Mapping[str, Chart] = {
    "dispatched": Chart(dispatched.SIZE, dispatched.draw, dispatched.alt),
    "funds": Chart(funds.SIZE, funds.draw, funds.alt),
    "trained": Chart(trained.SIZE, trained.draw, trained.alt),
    "wenchuan": Chart(wenchuan.SIZE, wenchuan.draw, wenchuan.alt),
    "partners": Chart(partners.SIZE, partners.draw, partners.alt),
    "provinces": Chart(provinces.SIZE, provinces.draw, provinces.alt),
    "timeline": Chart(timeline.SIZE, timeline.draw, timeline.alt),
}
"""A literal one can read: to add a chart, add its module and a line here."""
