"""Yearbook: bilingual chapters in which every printed figure is the figure in the records."""

__version__ = "0.1.0"
