"""Titles in a widget's border, read as plain text, of which only what changes is painted again."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget


def entitle(widget: Widget, title: str) -> None:
    """Set the title in a widget's upper border."""
    if widget._border_title is None or widget._border_title.plain != title:
        widget._border_title = Content(title)
        _repaint(widget, 0)


def subtitle(widget: Widget, text: str) -> None:
    """Set the title in a widget's lower border."""
    if widget._border_subtitle is None or widget._border_subtitle.plain != text:
        widget._border_subtitle = Content(text)
        _repaint(widget, widget.outer_size.height - 1)


def _repaint(widget: Widget, row: int) -> None:
    """Paint a row of the border again; Textual's own way paints all of the widget, also where nothing has changed."""
    if widget.is_attached and row >= 0:
        widget.refresh(Region(0, row, widget.outer_size.width, 1).translate(-widget.content_offset))
