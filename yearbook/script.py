"""The one script that runs in a page: it shows what stands behind a figure, and prints none."""

from importlib.resources import files

NAME = "figures.js"
"""How a page template includes it."""
SCRIPT = files("yearbook").joinpath(NAME).read_text("utf-8")
"""It belongs to the toolkit and not to the templates: a script could show another figure."""
