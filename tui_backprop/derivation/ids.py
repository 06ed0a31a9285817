"""The ids of quantities: stable, typeable, and independent of any notation.

``w 2:j->k`` is the weight from unit j of layer 1 to unit k of layer 2; ``#2 dC/dw 2:j->k`` the gradient by it of the
second sample's cost. :class:`Ref` is an id taken apart.
"""

from __future__ import annotations

from functools import lru_cache

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation.roles import ARRIVING, ROLES, VIA
from tui_backprop.patterns import late_pattern

_ID = late_pattern(r"(?:#(\d+) )?([^\s#]+)(?: (\d+)(?::(\w+)(?:(->|,)(\w+)| via \d+:(\w+))?)?)?")


@dataclass(frozen=True, slots=True)
class Ref:
    """An id taken apart.

    ``role`` is what the id starts with (``z``, ``dC/da``, …; :data:`VIA` for a path's term). ``units`` are unit
    names: none, one, or two (an edge's ends; the i and k of softmax's ∂a_i/∂z_k). ``sample`` counts from 1.
    """

    role: str
    layer: int | None = None
    units: tuple[str, ...] = ()
    sample: int | None = None

    def __str__(self) -> str:
        start = f"#{self.sample} " if self.sample is not None else ""
        if self.layer is None:
            return start + self.role
        if not self.units:
            return f"{start}{self.role} {self.layer}"
        if self.role == VIA:
            return f"{start}{ARRIVING} {self.layer}:{self.units[0]} via {self.layer + 1}:{self.units[1]}"
        joint = "->" if self.role in ROLES and ROLES[self.role].is_edge else ","
        return f"{start}{self.role} {self.layer}:{joint.join(self.units)}"

    @property
    def whole(self) -> Ref:
        """The quantity whose derivative this is: ``z 1:j`` for ``dz/dw 1:i->j``. Only for a derivative."""
        role = ROLES[self.role]
        if ROLES[role.whole].shape == "whole":
            return Ref(role.whole, sample=self.sample)
        return Ref(role.whole, self.layer, self.units[:1] if role.pairs else self.units[-1:], self.sample)

    @property
    def part(self) -> Ref | None:
        """The quantity that a derivative is taken by: ``w 1:i->j`` for ``dz/dw 1:i->j``; None for any other."""
        role, layer = ROLES[self.role], self.layer or 0
        if not role.part:
            return None
        sample = self.sample if ROLES[role.part].per_sample else None
        if role.shape == "onwards":
            return Ref(role.part, layer - 1, self.units[:1], sample)
        return Ref(role.part, layer, self.units if role.is_edge else self.units[-1:], sample)

    def of_sample(self, sample: int | None) -> Ref:
        """The same quantity of another sample; None: of the batch."""
        return replace(self, sample=sample)


@lru_cache(maxsize=65536)
def parse_id(text: str) -> Ref:
    """An id's :class:`Ref`. Raises ValueError for text that is not the id of a network's quantity."""
    match = _ID.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not the id of a quantity")
    sample, role, layer, first, _, second, via = match.groups()
    units = tuple(unit for unit in (first, second or via) if unit)
    ref = Ref(VIA if via else role, int(layer) if layer else None, units, int(sample) if sample else None)
    if str(ref) != text:
        raise ValueError(f"{text!r} is not the id of a quantity")
    return ref


def before_update(quantity: str) -> str:
    """The id of what an update changes, from the id of its result: ``w 1:i->j`` for ``w' 1:i->j``, ``C`` for ``C'``."""
    return quantity.replace("'", "", 1)


def line_key(source: str, gate: str) -> str:
    """The key of the line from a circuit's node to a gate that uses it."""
    return f"{source}->{gate}"


def value_key(node: str) -> str:
    """The key of a node's value, which can be lit without the node."""
    return f"{node} value"
