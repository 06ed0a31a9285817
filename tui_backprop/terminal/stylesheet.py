"""The style sheet, of which every part is parsed once."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class KeptStylesheet(Stylesheet):
    """Textual parses every sheet anew when a screen brings one more: a third of the time such a screen opens in."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """The same colours again forget nothing."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Only what is new is parsed; other colours forget what was parsed before them (``set_variables``)."""
        self.parse()
