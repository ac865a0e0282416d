"""The warm engine: a project held in memory, built again whenever one of its files changes.

See docs/engine.md.
"""

from yearbook.engine.engine import Engine, Project
from yearbook.engine.event import Event, Subscriber
from yearbook.engine.watch import Change, Watcher

__all__ = ["Change", "Engine", "Event", "Project", "Subscriber", "Watcher"]
