"""The app's style sheet, each part of which is parsed only once."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class KeptStylesheet(Stylesheet):
    """A style sheet that keeps what it parsed.

    Textual parses every sheet again when a screen brings one more, which took a third of the time to open such a
    screen.
    """

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the colours; only if they differ is anything parsed before forgotten."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse only what is new. Other colours make everything new, see :meth:`set_variables`."""
        self.parse()
