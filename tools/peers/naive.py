"""WeasyPrint as people use it: pandas, Jinja and pyplot, one edition after the other; no cache.

python -m peers.naive WORK DATA EDITION...
"""

import json
import sys
from pathlib import Path


def main(work: Path, data: Path, editions: list[str]) -> None:
    """Make ``naive/<edition>.html`` and ``.pdf``."""
    import pandas as pd  # noqa: PLC0415 - a peer's start is what is measured
    from jinja2 import Environment  # noqa: PLC0415
    from markupsafe import Markup, escape  # noqa: PLC0415
    from weasyprint import HTML  # noqa: PLC0415

    from peers.draw import draw  # noqa: PLC0415

    for path in data.rglob("*.csv"):
        pd.read_csv(path, dtype=str)
    draw(work, "svg", editions)
    environment = Environment(autoescape=True)
    environment.filters["lines"] = lambda words: Markup("<br>").join(map(escape, words.split("\n")))
    for edition in editions:
        said = json.loads((work / f"{edition}.json").read_text("utf-8"))
        tables = {
            path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
            for path in (work / "tables" / edition).glob("*.csv")
        }
        template = environment.from_string((work / f"{edition}.html.j2").read_text("utf-8"))
        page = template.render(edition=edition, said=said, tables=tables)
        (work / f"{edition}.html").write_text(page, "utf-8")
        HTML(work / f"{edition}.html").write_pdf(work / f"naive-{edition}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
