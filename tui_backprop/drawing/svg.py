"""A picture as SVG, for a page that needs nothing else. It uses the page's own colours."""

from __future__ import annotations

from html import escape

from tui_backprop.drawing.picture import RADIUS, Label, Line, Node, Picture


def svg(picture: Picture, marker: str = "tip") -> str:
    """The picture as one ``<svg>`` element. ``marker`` names its arrowhead and must be unique in a page."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" width="{_at(picture.width)}" '
        f'height="{_at(picture.height)}" viewBox="0 0 {_at(picture.width)} {_at(picture.height)}">',
        f"<title>{escape(picture.words)}</title>",
        f'<defs><marker id="{marker}" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0 6 3 0 6z" fill="currentColor"></path></marker></defs>',
        *(_line(line, marker) for line in picture.lines),
        *(_node(node) for node in picture.nodes),
        *(_label(label) for label in picture.labels),
        "</svg>",
    ]
    return "\n".join(parts)


def _line(line: Line, marker: str) -> str:
    return (f'<line class="edge" x1="{_at(line.x1)}" y1="{_at(line.y1)}" x2="{_at(line.x2)}" y2="{_at(line.y2)}" '
            f'marker-end="url(#{marker})"></line>')


def _node(node: Node) -> str:
    wide = node.half_width
    shape = (
        f'<rect class="node" x="{_at(node.x - wide)}" y="{_at(node.y - RADIUS)}" width="{_at(2 * wide)}" '
        f'height="{_at(2 * RADIUS)}" rx="3"></rect>' if node.is_box else
        f'<ellipse class="node" cx="{_at(node.x)}" cy="{_at(node.y)}" rx="{_at(wide)}" ry="{_at(RADIUS)}"></ellipse>')
    name = f'<text class="unit" x="{_at(node.x)}" y="{_at(node.y + 4)}">{escape(node.label)}</text>'
    below = f'<text class="note" x="{_at(node.x)}" y="{_at(node.y + RADIUS + 13)}">{escape(node.below)}</text>'
    return shape + name + (below if node.below else "")


def _label(label: Label) -> str:
    return (f'<text class="note" x="{_at(label.x)}" y="{_at(label.y)}" '
            f'style="text-anchor:{label.anchor}">{escape(label.text)}</text>')


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
