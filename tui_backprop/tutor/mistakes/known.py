"""The known mistakes: one table, which the slips, the diagnosis, marked sheets and the help refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, Literal

from tui_backprop.dataclass import dataclass, replace

if TYPE_CHECKING:
    from tui_backprop.tutor.mistakes.slip import Slip, StepAt

Spread = Literal["place", "layer", "everywhere"]
"""Where a learner who makes a mistake makes it: at one place, in a whole layer, or wherever it can be made."""

SlipMaker = Callable[["StepAt"], Iterable["Slip"]]
"""Makes the slips of a mistake at a quantity, whatever it is; none where the mistake cannot be made there."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that people make.

    ``code`` is its name in answer sheets. ``done``: what the learner did, after "The learner …". ``rank``: how likely
    it is, the smaller the likelier. ``carried_as``: its code where it shows at a later step, if that is another.
    ``made``: its slips at any quantity, besides those that the tables of formulas list. ``careless``: a slip of the
    eye or the pen, not something that is believed: who has the place right where it would be made did not make it.
    """

    code: str
    rank: float
    done: str
    spread: Spread = "layer"
    carried_as: str = ""
    made: SlipMaker | None = None
    at_gates: str = ""
    """``done`` in a circuit, which has no weights, units or cost; empty where ``done`` fits."""
    careless: bool = False


MISTAKES: Final[dict[str, Mistake]] = {}
"""Every known mistake by its code."""


def _add(code: str, rank: float, done: str, spread: Spread = "layer", carried_as: str = "", *,
         made: SlipMaker | None = None, at_gates: str = "", careless: bool = False) -> Mistake:
    MISTAKES[code] = Mistake(code, rank, done, spread, carried_as, made, at_gates, careless)
    return MISTAKES[code]


def in_words(code: str, *, at_gates: bool = False) -> str:
    """What somebody did who made the mistake of this code, after "The learner …"; records may hold unknown codes."""
    mistake = MISTAKES.get(code)
    if mistake is None:
        return f"made a mistake called {code.replace('_', ' ')}"
    return mistake.at_gates if at_gates and mistake.at_gates else mistake.done


RELU_GATE_IGNORED = _add(
    "relu_gate_ignored", 0, "took a ReLU that is off for one that is on, or the other way round", "everywhere",
    at_gates="took a gate that lets nothing through for one that does, or the other way round")
PRE_ACTIVATION_FOR_ACTIVATION = _add(
    "pre_activation_for_activation", 0, "gave z for a, or a for z", "everywhere", "activation_missing",
    at_gates="gave what comes into a gate for what comes out of it")
Z_TAKEN_FOR_A = replace(PRE_ACTIVATION_FOR_ACTIVATION, carried_as="")
"""The same mistake in a formula that names a. At later steps it keeps its code: no activation function was left out."""
BIAS_MISSING = _add("bias_missing", 0, "left the bias out of the weighted sum", "everywhere", careless=True)
ASCENT = _add("ascent", 0, "took the step uphill: added it, or lost a sign",
              at_gates="stepped the wrong way, up or down")
NOT_UPDATED = _add("not_updated", 0.2, "gave the old value for the new one")
SQUARE_MISSING = _add("square_missing", 0.3, "did not square the difference", at_gates="got a power wrong")
SIGN = _add("sign", 0.4, "turned a sign round, such as y − a for a − y", at_gates="turned a sign round",
              careless=True)
ACTIVATION_DERIVATIVE_MISSING = _add(
    "activation_derivative_missing", 0.4, "left the slope of the activation function out", "everywhere",
    at_gates="left a gate's own slope out")
STEP_ONLY = _add("step_only", 0.4, "gave the step alone, and not the new value")
LEARNING_RATE_MISSING = _add("learning_rate_missing", 0.4, "left the learning rate out")
OTHER_RATE = _add("other_rate", 1.0, "took a step with another learning rate than the one given", "place")
LEARNING_RATE_TWICE = _add("learning_rate_twice", 0.5, "multiplied by the learning rate twice")
SUM_FOR_MEAN = _add("sum_for_mean", 0.5, "did not divide by the number of samples (or outputs)")
PATH_MISSING = _add("path_missing", 0.5, "left out a path back where several join")
INPUT_FACTOR_MISSING = _add("input_factor_missing", 0.6, "left out what comes through the weight",
                              at_gates="left a gate's own slope out")
WEIGHT_FACTOR_MISSING = _add("weight_factor_missing", 0.6, "left out the weight on the way back", "everywhere",
                               at_gates="left a gate's own slope out on the way back")
OPERAND_SWAPPED = _add("operand_swapped", 0.6, "took the weight for what comes through it, or the other way round",
                         "everywhere", at_gates="took one of a gate's numbers for another, such as a value for a slope")
ONE_INPUT_MISSING = _add("one_input_missing", 0.6, "left a term out", careless=True)
PATH_TWICE = _add("path_twice", 0.65, "counted one path back, or one term of a sum, twice", careless=True)
FACTOR_TWO = _add("factor_two", 0.7, "lost, or added, the 2 that the square brings down",
                    at_gates="lost, or added, a 2")
UPDATED_WEIGHT = _add("updated_weight", 0.7, "went back through a weight that was updated already", "everywhere",
                      at_gates="took a new value where the old one counts")
ADDED_FACTORS = _add("added_factors", 0.8, "added what is to be multiplied", careless=True)
MULTIPLIED_TERMS = _add("multiplied_terms", 0.8, "multiplied what is to be added")
FACTOR_MISSING = _add("factor_missing", 0.9, "left a factor of the product out", careless=True)
VALUE_FOR_GRADIENT = _add("value_for_gradient", 0.9, "gave a value for a gradient, or a gradient for a value",
                          at_gates="gave a value for its slope, or the slope for it")
MEAN_TWICE = _add("mean_twice", 1, "divided by the number of samples (outputs, paths) once too often")
SOFTMAX_EXTRA_FACTOR = _add("softmax_extra_factor", 1, "multiplied a − y by the slope of the activation once more")
DERIVATIVE_AT_WRONG_POINT = _add(
    "derivative_at_wrong_point", 1, "took the slope at the wrong number, such as z for a", "everywhere",
    at_gates="took the slope at the wrong number")
ACTIVATION_MISSING = _add("activation_missing", 1, "left the activation function out",
                             at_gates="left a gate's function out")
BRACKET_LOST = _add(
    "bracket_lost", 1.1, "left a bracket out, or put one where there is none", "place", careless=True)
OTHER_SAMPLE = _add("other_sample", 1.6, "took a number of another sample of the batch", "place", careless=True)
AVERAGED_FIRST = _add("averaged_first", 1.5, "averaged over the samples first, and then multiplied", "place")
OTHER_LOGARITHM = _add("other_logarithm", 0.8, "took a logarithm other than the natural one", "everywhere")
OTHER_COST = _add("other_cost", 1.6, "used another cost function", at_gates="used another function at the end")
DIVIDED_FACTORS = _add("divided_factors", 1.1, "divided instead of multiplying")
COST_FOR_DERIVATIVE = _add("cost_for_derivative", 1.2, "gave the cost itself for its slope",
                             at_gates="gave a value itself for its slope")
BIAS_TIMES_INPUT = _add("bias_times_input", 1.2, "multiplied a bias's gradient by an input")
HALF_WITHOUT_SQUARE = _add("half_without_square", 1.2, "halved or doubled the difference, and not its square")
OTHER_ACTIVATION = _add("other_activation", 1.4, "used another activation function", "everywhere",
                          at_gates="did something else than the gate does", careless=True)
DERIVATIVE_OF_OTHER_FUNCTION = _add(
    "derivative_of_other_function", 1.5, "used the slope of another function", "everywhere",
    at_gates="took a slope by the wrong rule")
TRANSPOSED = _add("transposed", 1.7, "read a weight's indices the other way round", "everywhere")
WRONG_BASE = _add("wrong_base", 2, "took the step from another weight", "place")
POINT_SLIPPED = _add("point_slipped", 2, "put the decimal point in another place", "place")
WRONG_LAYER = _add("wrong_layer", 3, "gave the number of something else in the network", "place",
                     at_gates="took another number of the circuit")
ROUNDED_EARLY = _add("rounded_early", 4, "rounded on the way, and went on with the rounded number")
