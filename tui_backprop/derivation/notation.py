"""Notations: what the quantities are called, as each author writes them.

A notation changes symbols, the numbering of units and the order of indices; it never changes the shape of a formula,
nor the order of its factors. Where an author has no symbol for something (a learning rate, δ), the usual one stands in
and the entry says so. Units called by one letter (i, j, k) keep it where the author indexes by letters; all
other units are numbered the author's way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tui_backprop.dataclass import dataclass

UnitNumbering = Literal["own", "layer", "network", "kind"]


@dataclass(frozen=True, slots=True)
class Notation:
    """The letters and index habits of one author.

    ``source`` is the text in which the author writes so; ``habits`` describes it to learners in a few words.

    Letters: ``input`` and ``output`` stand for the activations of those layers where they have a letter of their own
    (they then carry no layer); ``part`` for the cost of one sample or one output where it is not ``cost``; ``whole`` is
    the subscript of the whole cost.

    ``to_from``: a weight's first index is the unit it goes to. ``commas``: between two indices ``always``, or only
    where one of them has more than one character (``long``), or is a number (``numbers``).

    ``layers``: a layer is written ``always``, ``never``, or where units of different layers share a name (``shared``).
    ``layer``: it is counted back from the output (``relative``, ``L−1``), or from ``first_layer`` on (``absolute``).
    ``bare`` drops its parentheses and writes it before the indices, ``w^3_24``, since behind them it would read as a
    power.

    ``units``: how they are numbered: ``own`` names of the exercise; in each ``layer``, from ``first_unit``; through the
    whole ``network``; or by ``kind``, i1 h1 o1. ``chain``: where every layer has one unit, units take no index.
    ``numbered``: weights are numbered w1, w2, … unit by unit, and a layer's one bias by its layer, b1, b2.
    ``bias_unit``: a bias is the weight from this unit. ``updated`` marks what follows from an update. ``first_sample``:
    the number of the first sample; ``only_sample``: a sample that is the only one is numbered too; ``sample_above``:
    its number stands above, in parentheses.
    """

    key: str
    title: str
    source: str
    habits: str
    activation: str = "a"
    input: str = ""
    output: str = ""
    pre_activation: str = "z"
    weight: str = "w"
    bias: str = "b"
    target: str = "y"
    cost: str = "C"
    part: str = ""
    whole: str = ""
    rate: str = "r"
    delta: str = "δ"
    to_from: bool = False
    commas: Literal["long", "numbers", "always"] = "long"
    layers: Literal["shared", "always", "never"] = "shared"
    layer: Literal["relative", "absolute"] = "relative"
    first_layer: int = 0
    bare: bool = False
    units: UnitNumbering = "own"
    first_unit: int = 1
    chain: bool = False
    numbered: bool = False
    bias_unit: str = ""
    updated: Literal["′", "+"] = "′"
    first_sample: int = 1
    only_sample: bool = False
    sample_above: bool = False


HAND_OUT = Notation(
    "hand-out", "The course's own", "the course's hand-out: w_jk^(L) goes from j to k",
    "A weight's first index is the unit it comes from. Layers are counted back from the last, L, and written only "
    "where units share a name.",
)

THREE_BLUE_ONE_BROWN = Notation(
    "3blue1brown", "3Blue1Brown",
    "3Blue1Brown, Backpropagation calculus (Deep learning, chapter 4, 2017): C_0 = Σ_j (a_j^(L) − y_j)², "
    "z_j^(L) = Σ_k w_jk^(L) a_k^(L−1) + b_j^(L), with w_jk^(L) to unit j of layer L from unit k of layer L−1; "
    "one unit a layer: ∂C_0/∂w^(L) = ∂z^(L)/∂w^(L) · ∂a^(L)/∂z^(L) · ∂C_0/∂a^(L). Units and samples from 0, "
    "C the mean of the C_k. He names no learning rate and no δ there: η and δ are the usual ones.",
    "A weight's first index is the unit it goes to. Layers are counted back from the last, L. Where every layer has "
    "one unit, there are no indices.",
    rate="η", to_from=True, commas="numbers", layers="always", units="layer", first_unit=0, chain=True,
    first_sample=0, only_sample=True,
)

NIELSEN = Notation(
    "nielsen", "Nielsen",
    "M. Nielsen, Neural Networks and Deep Learning (2015), chapter 2: w^l_jk from the k-th neuron of layer l−1 to the "
    "j-th of layer l, layers from 1 (the input, a^1 = x) and bare; z^l_j = Σ_k w^l_jk a^(l−1)_k + b^l_j, "
    "a^l_j = σ(z^l_j), BP1 δ^L_j = ∂C/∂a^L_j σ′(z^L_j), BP4 ∂C/∂w^l_jk = a^(l−1)_k δ^l_j; chapter 1: w′ = w − η ∂C/∂w.",
    "A weight's first index is the unit it goes to. The small number above is the layer, no power: the inputs are "
    "layer 1.",
    rate="η", to_from=True, layers="always", layer="absolute", first_layer=1, bare=True, units="layer",
)

RUSSELL_NORVIG = Notation(
    "russell-norvig", "Russell & Norvig",
    "S. Russell and P. Norvig, Artificial Intelligence, 4th edition (2020), section 21.1: w_i,j from i to j, "
    "a_j = g(in_j), in_j = Σ_i w_i,j a_i, with w_0,j from a dummy unit 0; units numbered through the network (figure "
    "21.3: x_1 x_2, 3 4, 5): ŷ = g(w_0,5 + w_3,5 a_3 + w_4,5 a_4), ∂Loss/∂w_3,5 = −2(y − ŷ) g′(in_5) a_3 = Δ_5 a_3. "
    "Learning rate α. The 3rd edition (18.7) writes the output a_k and Δ with the opposite sign.",
    "A weight's first index is the unit it comes from. No layers: units are numbered through the network. A bias is "
    "the weight from unit 0.",
    input="x", output="ŷ", pre_activation="in", cost="Loss", rate="α", delta="Δ", commas="always", layers="never",
    units="network", bias_unit="0",
)

GOODFELLOW = Notation(
    "goodfellow", "Goodfellow",
    "I. Goodfellow, Y. Bengio, A. Courville, Deep Learning (2016), algorithms 6.3 and 6.4: h^(0) = x, "
    "a^(k) = b^(k) + W^(k) h^(k−1), h^(k) = f(a^(k)), ŷ = h^(l), J = L(ŷ, y), g ← ∇_a(k) J; so W_i,j^(k) goes to i "
    "from j, elements of matrices with a comma (the book's page of notation), x′ = x − ε g (4.5), examples counted "
    "above in parentheses (5.97).",
    "a goes into a unit, h comes out of it. A weight's first index is the unit it goes to. Layers are counted from the "
    "inputs, layer 0.",
    activation="h", input="x", output="ŷ", pre_activation="a", weight="W", cost="J", part="L", rate="ε", delta="g",
    to_from=True, commas="always", layers="always", layer="absolute", units="layer", sample_above=True,
)

MAZUR = Notation(
    "mazur", "Mazur",
    "M. Mazur, A Step by Step Backpropagation Example (2015): net_h1 = w_1 i_1 + w_2 i_2 + b_1, out_h1, target_o1, "
    "E_total = E_o1 + E_o2, ∂E_total/∂w_5 = ∂E_total/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂w_5, "
    "w_5^+ = w_5 − η ∂E_total/∂w_5; weights numbered unit by unit, one bias a layer. Biases that are not one a layer "
    "are called by their unit, b_h1; hidden units are numbered on through further layers.",
    "net goes into a unit, out comes out of it. Weights are numbered, unit by unit. A plus marks what is new after "
    "the update.",
    activation="out", input="i", pre_activation="net", target="target", cost="E", whole="total", rate="η",
    layers="never", units="kind", numbered=True, updated="+",
)

NOTATIONS: Mapping[str, Notation] = {
    notation.key: notation
    for notation in (HAND_OUT, THREE_BLUE_ONE_BROWN, NIELSEN, RUSSELL_NORVIG, GOODFELLOW, MAZUR)
}
"""Every notation by its key."""
