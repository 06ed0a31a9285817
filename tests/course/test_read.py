"""Exercise files: what is read, and the one line each mistake is refused with."""

from __future__ import annotations

import math
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tui_backprop.course.exercise import Ask, ExerciseError
from tui_backprop.course.read import exercise_from_text, read_exercise
from tui_backprop.maths.expression import Mul, Symbol
from tui_backprop.maths.plain import plain
from tui_backprop.network.model import Circuit, Gate, Network, Sample

NETWORK = """\
format = 1
title = "Two inputs"

[network]
layers = [["i", "j"], ["j"], ["k"]]
activation = ["relu", "sigmoid"]
cost = "squared_error"
learning_rate = 0.1
weights = [
  { "i->j" = 0.48, "j->j" = 0.5 },
  { "j->k" = 0.66 },
]
biases = [{ j = 0.1 }, { k = 0.0 }]

[[samples]]
inputs = { i = 0.7, j = 0.4 }
targets = { k = 1.0 }
"""

CIRCUIT = """\
format = 1
title = "Two gates"

[circuit]
inputs = { x = -2.0, y = 5, z = -4.0 }
gates = [
  "q = x + y",
  "f = q * z",
]
"""

SOFTMAX = """\
format = 1
title = "Classes"

[network]
layers = [2, 2]
activation = "softmax"
cost = "cross_entropy"
learning_rate = 0.1
weights = [[[0.1, 0.2], [0.3, 0.4]]]

[[samples]]
inputs = [1, 2]
targets = [0, 1]
"""

BAD_NETWORKS = [
    # what is replaced, by what, the line and message expected
    ("format = 1", "format = 2", "1: format must be 1, not 2"),
    ("format = 1", "format = true", "1: format must be 1, not true"),
    ("format = 1\n", "", " format is missing: add a line such as format = 1"),
    ('title = "Two inputs"\n', "", ' title is missing: add a line such as title = "Two units"'),
    ('"Two inputs"', '""', "2: title is empty: write something there"),
    ('"Two inputs"', "7", "2: title must be text in quotation marks, not 7"),
    ('"Two inputs"', r'"a\nb"', "2: title must be one line without tabs: join its lines"),
    ('"Two inputs"', r'"\u001b[2J"', "2: the character U+001B is not allowed in text: take its escape out"),
    ('"Two inputs"', r'"a\u202eb"', "2: the character U+202E is not allowed in text: take its escape out"),
    ('title = "Two inputs"', 'titel = "Two inputs"',
     '2: a network exercise has no key "titel": did you mean "title"?'),
    ("[network]", "[netwrok]", " there is no [network] and no [circuit]: add one of them"),
    ("[[samples]]", "[samples]", "15: samples are a list of tables: write [[samples]] with two brackets"),
    ("[[samples]]", "[[smaples]]", '15: a network exercise has no key "smaples": did you mean "samples"?'),
    ("learning_rate", "learning_rat", '8: [network] has no key "learning_rat": did you mean "learning_rate"?'),
    ("learning_rate = 0.1\n", "", "4: learning_rate is missing: add a line such as learning_rate = 0.1"),
    ("learning_rate = 0.1", "learning_rate = 0", "8: learning_rate must be larger than 0, as in 0.1, not 0"),
    ("learning_rate = 0.1", "learning_rate = -0.1", "8: learning_rate must be larger than 0, as in 0.1, not -0.1"),
    ("learning_rate = 0.1", "learning_rate = inf",
     "8: learning_rate must be finite, not inf: use a number such as 0.5"),
    ("learning_rate = 0.1", 'learning_rate = "fast"', '8: learning_rate must be a number such as 0.5, not "fast"'),
    ("learning_rate = 0.1", "learning_rate = true", "8: learning_rate must be a number such as 0.5, not true"),
    ('[["i", "j"], ["j"], ["k"]]', '[["i"]]', "5: a network has 2 to 100 layers, the inputs among them, not 1"),
    ('[["i", "j"], ["j"], ["k"]]', "3", '5: layers must be a list, as in [["i"], ["j"], ["k"]] or [2, 1, 1], not 3'),
    ('[["i", "j"], ["j"], ["k"]]', "[2, 0, 1]", "5: a layer has 1 to 20000 units, not 0"),
    ('[["i", "j"], ["j"], ["k"]]', "[2, 1000000000, 1]", "5: a layer has 1 to 20000 units, not 1000000000"),
    ('[["i", "j"], ["j"], ["k"]]', "[2, true, 1]",
     "5: a layer is a list of unit names or, in all layers, a number of units, not true"),
    ('[["i", "j"], ["j"], ["k"]]', '[["i", "j"], 1, ["k"]]', '5: each layer must be a list, as in ["i", "j"], not 1'),
    ('[["i", "j"], ["j"]', '[["i", "j"], []', "5: a layer has 1 to 20000 units, not 0"),
    ('[["i", "j"]', '[["i", "i"]', '5: two units of one layer are called "i": rename one'),
    ('[["i", "j"]', '[["i", 2]', '5: a unit\'s name must be text in quotation marks, as in "j", not 2'),
    ('[["i", "j"]', '[["i", "_j"]',
     '5: "_j" cannot name a unit: use a letter followed by letters, digits or _ (12 at most), or digits alone'),
    ('[["i", "j"]', '[["i", "abcdefghijklm"]', '5: "abcdefghijklm" cannot name a unit: use a letter followed by '
     "letters, digits or _ (12 at most), or digits alone"),
    ('["relu", "sigmoid"]', '"rleu"', '6: there is no activation "rleu": did you mean "relu"?'),
    ('["relu", "sigmoid"]', '["relu"]',
     "6: activation has 1 entry for 2 layers after the input: give one for each, or a single text for all"),
    ('["relu", "sigmoid"]', '["relu", "relu", "relu"]',
     "6: activation has 3 entries for 2 layers after the input: give one for each, or a single text for all"),
    ('["relu", "sigmoid"]', '["relu", 3]', "6: activation must be text, one of identity, relu, leaky_relu, sigmoid, "
     "tanh, softplus, softmax, not 3"),
    ('["relu", "sigmoid"]', '["softmax", "relu"]',
     "6: softmax is for the output layer only: use another activation in layer 1"),
    ('["relu", "sigmoid"]', '"softmax"', "6: softmax is for the output layer only: use another activation in layer 1"),
    ('"squared_error"', '"square_error"', '7: there is no cost "square_error": did you mean "squared_error"?'),
    ('"squared_error"', '"cross_entropy"', "7: cross_entropy wants softmax in the output layer, and there is sigmoid: "
     "change the cost or the activation"),
    ('["relu", "sigmoid"]\ncost = "squared_error"', '"relu"\ncost = "binary_cross_entropy"',
     "7: binary_cross_entropy wants sigmoid in the output layer, and there is relu: change the cost or the activation"),
    ('"i->j" = 0.48, ', "", "10: weights of layer 1 lacks i->j: give a number for each of i->j, j->j"),
    ('"i->j" = 0.48, "j->j"', '"i->j" = 0.48, "h->j"',
     '10: weights of layer 1 has no "h->j": did you mean "j->j"?'),
    ('"j->k" = 0.66', '"j->k" = 0.66, "i->k" = 1', '11: weights of layer 2 has no "i->k": did you mean "j->k"?'),
    ('"j->k" = 0.66', '"j->k" = nan', "11: weights of layer 2 must be finite, not nan: use a number such as 0.5"),
    ('"j->k" = 0.66', '"j->k" = 1e999', "11: weights of layer 2 must be finite, not inf: use a number such as 0.5"),
    ('"j->k" = 0.66', '"j->k" = false', "11: weights of layer 2 must be a number such as 0.5, not false"),
    ('"j->k" = 0.66', '"j->k" = "0.66"', '11: weights of layer 2 must be a number such as 0.5, not "0.66"'),
    ('"j->k" = 0.66', '"j->k" = 2024-01-01', "11: weights of layer 2 must be a number such as 0.5, not a date or time"),
    ('"j->k" = 0.66', f'"j->k" = 1{"0" * 400}', "11: weights of layer 2 must be finite, not a very long number: "
     "use a number such as 0.5"),
    ('  { "j->k" = 0.66 },\n', "", "9: weights has 1 parts for 2 layers after the input: give one for each"),
    ('{ "j->k" = 0.66 }', "[[0.66, 1]]", "11: row 1 of the weights of layer 2 has 2 numbers for 1 unit: "
     "give one number for each of k"),
    ('{ "j->k" = 0.66 }', "[[0.66], [1]]",
     "11: weights of layer 2 has 2 rows for 1 unit of layer 1: give one row for each of j"),
    ('{ "j->k" = 0.66 }', "[0.66]", "11: each row of the weights of layer 2 must be a list of numbers, not 0.66"),
    ('{ "j->k" = 0.66 }', "0.66",
     '11: weights of layer 2 must be a list, as in { "j->k" = 0.5 } or [[0.5]], not 0.66'),
    ("[{ j = 0.1 }, { k = 0.0 }]", "[{ j = 0.1 }]",
     "13: biases has 1 parts for 2 layers after the input: give one for each"),
    ("{ k = 0.0 }", "{ o = 0.0 }", '13: biases of layer 2 has no "o": use k'),
    ("{ k = 0.0 }", "{}", "13: biases of layer 2 lacks k: give a number for each of k"),
    ("{ k = 0.0 }", "[0.0, 1.0]",
     "13: biases of layer 2 has 2 numbers for 1 unit: give one number for each of k"),
    ("biases =", "train_biases = 1\nbiases =", "13: train_biases must be true or false, not 1"),
    ("biases =", 'detail = "fulll"\nbiases =', '13: there is no detail "fulll": did you mean "full"?'),
    ("inputs = { i = 0.7, j = 0.4 }\n", "", "15: inputs is missing: add a line such as inputs = { i = 0.5 }"),
    ("targets = { k = 1.0 }\n", "", "15: targets is missing: add a line such as targets = { k = 1.0 }"),
    ("{ i = 0.7, j = 0.4 }", "{ i = 0.7 }", "16: inputs of sample 1 lacks j: give a number for each of i, j"),
    ("{ i = 0.7, j = 0.4 }", "[0.7]",
     "16: inputs of sample 1 has 1 number for 2 units: give one number for each of i, j"),
    ("{ i = 0.7, j = 0.4 }", "0.7",
     "16: inputs of sample 1 must be a list of numbers or a table as in { i = 0.5, … }, not 0.7"),
    ("{ i = 0.7, j = 0.4 }", "[0.7, -inf]",
     "16: inputs of sample 1 must be finite, not -inf: use a number such as 0.5"),
    ("targets = {", "output = {", '17: a sample has no key "output": use one of inputs, targets'),
    ("biases =", "samples = []\nbiases =", '13: [network] has no key "samples": use one of layers, activation, cost, '
     "learning_rate, weights, biases, train_biases, detail"),
    ("[[samples]]", "[answers]\nsignificant_digits = 1\n[[samples]]",
     "16: significant_digits must be a whole number from 2 to 10, not 1"),
    ("[[samples]]", "[answers]\nsignificant_digits = 3.0\n[[samples]]",
     "16: significant_digits must be a whole number from 2 to 10, not 3.0"),
    ("[[samples]]", "[answers]\ndigits = 3\n[[samples]]",
     '16: [answers] has no key "digits": use one of significant_digits, decimals'),
    ("[[samples]]", "[answers]\ndecimals = 0\n[[samples]]", "16: decimals must be a whole number from 1 to 10, not 0"),
    ("[[samples]]", "[answers]\nsignificant_digits = 3\ndecimals = 3\n[[samples]]",
     "17: answers are asked for in significant_digits or in decimals: leave one of them out"),
    ("[[samples]]", '[ask]\nweights = "1:i->j"\n[[samples]]',
     '16: weights must be a list, as in ["1:i->j"], not "1:i->j"'),
    ("[[samples]]", "[ask]\nweights = []\n[[samples]]",
     '16: weights asks for nothing: leave it out to ask for all, or write ["1:i->j"]'),
    ("[[samples]]", '[ask]\nweights = ["1:i->k"]\n[[samples]]',
     '16: there is no parameter "1:i->k": did you mean "1:i->j"?'),
    ("[[samples]]", '[ask]\nweights = ["i->j"]\n[[samples]]',
     '16: "i->j" has no layer from 1 to 2 in front: write a weight as 1:i->j'),
    ("[[samples]]", '[ask]\nweights = ["1:i->j", "1:i->j"]\n[[samples]]',
     '16: weights names "1:i->j" twice: once is enough'),
    ("[[samples]]", '[ask]\nsteps = ["gradients"]\n[[samples]]',
     '16: there is no kind of step "gradients": did you mean "gradient"?'),
    ("[[samples]]", '[ask]\nsteps = [1]\n[[samples]]',
     '16: steps must hold text, as in ["gradient", "update"], not 1'),
    ("biases = [{ j = 0.1 }, { k = 0.0 }]\n", '[ask]\nweights = ["1:j"]\n',
     '14: "1:j" is a bias, and this network has none: write a weight as 1:i->j'),
    ("biases = [{ j = 0.1 }, { k = 0.0 }]", "biases = [[1], [1]]\ntrain_biases = false\n[ask]\nweights = ['2:k']",
     '16: "2:k" is a bias, and train_biases is false: ask for weights'),
    ("[network]", "[network", "4: this is not valid TOML: Expected ']' at the end of a table declaration"),
    ("learning_rate = 0.1", "learning_rate = 0,1", "8: this is not valid TOML: Expected newline or end of document "
     "after a statement: one KEY = VALUE a line; a text with ' in it stands between \"…\""),
    ("learning_rate = 0.1", "learning_rate = 0.1\nlearning_rate = 0.2",
     "9: this is not valid TOML: Cannot overwrite a value: this key stands there twice, take one out"),
]

BAD_CIRCUITS = [
    ("[circuit]", "[circuit]\ncost = 1", '5: [circuit] has no key "cost": use one of inputs, gates, learning_rate'),
    ("{ x = -2.0, y = 5, z = -4.0 }", "{}", "5: a circuit needs an input: write inputs = { x = -2.0 }"),
    ("x = -2.0", "x = nan", "5: input x must be finite, not nan: use a number such as 0.5"),
    ("x = -2.0", 'x = "2"', '5: input x must be a number such as 0.5, not "2"'),
    ("x = -2.0", "exp = -2.0", '5: "exp" is a function: give this value another name'),
    ("x = -2.0", "pi = -2.0", '5: "pi" is a constant of formulas: give this value another name'),
    ("x = -2.0", '"x y" = -2.0', '5: "x y" cannot name a value of a circuit: use a letter followed by letters, digits '
     "or _ (24 at most)"),
    ('"q = x + y"', '"x + y"', '7: the gate "x + y" has no name: write it as "q = x + y"'),
    ('"q = x + y"', "1", '7: a gate must be text, as in "q = x + y", not 1'),
    ('"q = x + y"', '"q ="', '7: the gate "q =" has no formula: write an expression after the ='),
    ('"q = x + y"', '"x = x + y"', '7: "x" is defined twice: give this gate another name'),
    ('"f = q * z"', '"q = q * z"', '8: "q" is defined twice: give this gate another name'),
    ('"q = x + y"', '"max = x + y"', '7: "max" is a function: give this value another name'),
    ('"q = x + y"', '"e = x + y"', '7: "e" is a constant of formulas: give this value another name'),
    ('"q = x + y"', '"q = x + f"', '7: the gate "q = x + f" cannot be read: I do not know “f”.'),
    ('"q = x + y"', '"q = x +"', '7: the gate "q = x +" cannot be read: Something is missing after the “+”.'),
    ('"q = x + y"', '"q = ln(x)"', "4: the value of q is not a finite number: use smaller inputs and parameters"),
    ("[circuit]", "[circuit]\nlearning_rate = 0", "5: learning_rate must be larger than 0, as in 0.1, not 0"),
    ("[circuit]", "[ask]\nweights = ['1:x->y']\n[circuit]",
     "5: a circuit has no weights to ask for: leave weights out of [ask]"),
    ("[circuit]", "[[samples]]\ninputs = [1]\n[circuit]",
     "4: samples belong to a network: a circuit's numbers stand in its inputs"),
    ("[circuit]", "[network]\nlayers = [1, 1]\n[circuit]",
     "6: an exercise has a [network] or a [circuit], not both: take one out"),
]

BAD_CLASSES = [
    ("targets = [0, 1]", "targets = [0.5, 0.6]",
     "13: with cross_entropy the targets of a sample sum to 1, and these to 1.1"),
    ("targets = [0, 1]", "targets = [-1, 2]", "13: with cross_entropy each target lies from 0 to 1, and here is -1.0"),
    ('"softmax"', '"sigmoid"', "7: cross_entropy wants softmax in the output layer, and there is sigmoid: "
     "change the cost or the activation"),
]

CASES = [(NETWORK, *case) for case in BAD_NETWORKS] + [(CIRCUIT, *case) for case in BAD_CIRCUITS] + [
    (SOFTMAX, *case) for case in BAD_CLASSES]
PIECES = ["[", "]", "{}", "1e400", "nan", '"', "->", "true", "-0", "[[]]", ","]
"""What the mutations of a good file put in."""


@pytest.mark.parametrize(("good", "old", "new", "message"), CASES, ids=[f"{c[2][:30]!r}" for c in CASES])
def test_a_bad_file_is_refused_with_one_line(good: str, old: str, new: str, message: str) -> None:
    assert good.count(old) >= 1
    with pytest.raises(ExerciseError) as caught:
        exercise_from_text(good.replace(old, new, 1), "bad", "bad.toml")
    assert str(caught.value) == f"bad.toml:{message}"


def test_the_good_files_that_the_bad_ones_are_made_from() -> None:
    network = exercise_from_text(NETWORK, "two", "two.toml")
    assert network.task == Network(
        layers=(("i", "j"), ("j",), ("k",)), activations=("relu", "sigmoid"), cost="squared_error", learning_rate=0.1,
        weights=(((0.48,), (0.5,)), ((0.66,),)), biases=((0.1,), (0.0,)), samples=(Sample((0.7, 0.4), (1.0,)),))
    circuit = exercise_from_text(CIRCUIT, "c", "c.toml").task
    assert isinstance(circuit, Circuit)
    assert circuit.inputs == (("x", -2.0), ("y", 5.0), ("z", -4.0))
    assert circuit.gates[-1] == Gate("f", Mul((Symbol("q"), Symbol("z"))))
    assert circuit.learning_rate is None
    classes = exercise_from_text(SOFTMAX, "s", "s.toml").task
    assert isinstance(classes, Network)
    assert classes.layers == (("1", "2"), ("1", "2"))
    assert classes.biases is None


def test_every_optional_part_is_read() -> None:
    more = NETWORK.replace("[[samples]]", """\
[ask]
weights = ["1:i->j", "2:k"]
steps = ["factor", "gradient"]
[answers]
significant_digits = 4
[[samples]]""").replace("\n\n[network]", '\nsummary = "Short"\n\n[network]\ndetail = "delta"\n')
    exercise = exercise_from_text(more, "name", "f")
    assert exercise.ask == Ask(("1:i->j", "2:k"), ("factor", "gradient"))
    assert (exercise.precision.amount, exercise.summary, exercise.detail) == (4, "Short", "delta")


@pytest.mark.parametrize("name", ["e", "pi"])
def test_only_the_output_of_a_circuit_may_be_called_like_a_constant(name: str) -> None:
    task = exercise_from_text(CIRCUIT.replace("f =", f"{name} ="), "c", "c").task
    assert isinstance(task, Circuit)
    assert task.output == name


def test_names_in_gates_are_read_longest_first_and_side_by_side() -> None:
    text = CIRCUIT.replace("q = x + y", "xy = 2x + y").replace("q * z", "xy z - x y")
    task = exercise_from_text(text, "c", "c").task
    assert isinstance(task, Circuit)
    assert plain(task.gates[-1].expression) == "xy * z - x * y"


def test_the_digest_tells_whether_a_text_changed() -> None:
    first = exercise_from_text(NETWORK, "a", "a")
    assert first.digest == exercise_from_text(NETWORK, "b", "b").digest
    assert first.digest != exercise_from_text(NETWORK.replace("0.66", "0.67"), "a", "a").digest


def test_lines_are_counted_from_where_a_text_stands() -> None:
    with pytest.raises(ExerciseError, match=r"^lesson\.md:28: learning_rate must be"):
        exercise_from_text(NETWORK.replace("= 0.1", "= 0", 1), "x", "lesson.md", line_offset=20)


@pytest.mark.parametrize("text", [
    "a" + ".a" * 50_000 + " = 1", "[" + "a." * 50_000 + "a]", '"."' + '."="' * 50_000 + "=1",
    "x = " + "[" * 100_000, "x = " + "{a=" * 50_000, "x = " + "9" * 100_000, 'x = "' + "\\u0041" * 100_000 + '"', "",
])
def test_absurd_texts_are_refused_quickly(text: str) -> None:
    start = time.process_time()
    with pytest.raises(ExerciseError):
        exercise_from_text(text, "x", "x.toml")
    assert time.process_time() - start < 5


def test_a_large_network_is_read_in_little_more_than_its_toml() -> None:
    row = ", ".join(f"0.{n:03}" for n in range(1, 129))
    rows = ",\n".join(f"[{row}]" for _ in range(392))
    head = (f"format = 1\ntitle = 'Large'\n[network]\nlayers = [392, 128, 1]\nactivation = 'tanh'\n"
            f"cost = 'squared_error'\nlearning_rate = 0.1\nweights = [[{rows}], [{', '.join(['[0.01]'] * 128)}]]\n")
    text = head + f"[[samples]]\ninputs = [{', '.join(['0.001'] * 392)}]\ntargets = [0.5]\n"
    start = time.process_time()
    tomllib.loads(text)
    parsed = time.process_time()
    network = exercise_from_text(text, "large", "large.toml").task
    done = time.process_time()
    assert isinstance(network, Network)
    assert network.weights[0][391][127] == 0.128
    assert done - parsed < 4 * (parsed - start) + 0.5  # the half second: NumPy's import, once


@examples(200)
@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_the_one_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("random") / "x.toml"
    path.write_bytes(content)
    with pytest.raises(ExerciseError) as caught:
        read_exercise(path)
    assert str(caught.value).isprintable()


@examples(400)
@given(st.data())
def test_mutated_files_are_read_or_refused_in_one_line(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([NETWORK, CIRCUIT, SOFTMAX]))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        piece = data.draw(st.text(max_size=6) | st.sampled_from(PIECES))
        text = text[:start] + piece + text[end:]
    said = "x.toml:"
    try:
        exercise_from_text(text, "x", "x.toml")
    except ExerciseError as error:
        said = str(error)
    assert said.startswith("x.toml:")
    assert said.isprintable()


def test_the_three_exercises_have_the_hand_outs_numbers() -> None:
    from tui_backprop.course import load
    from tui_backprop.derivation.derivation import Derivation

    table = {
        "exercise-1": {"a 1:k": 0.24, "C": 0.5776, "dC/dw 1:j->k": -0.76, "w' 1:j->k": 0.556, "C'": 0.521284},
        "exercise-2": {
            "a 1:j": 0.602, "a 2:k": 0.39732, "C": 0.3632231824, "dC/dw 2:j->k": -0.72562672,
            "dC/dw 1:i->j": -0.55687632, "w' 2:j->k": 0.732562672, "w' 1:i->j": 0.915687632, "C'": 0.2813676492925542,
        },
        "exercise-3": {
            "a 1:j": 0.528, "a 2:k": 0.34848, "C": 0.4244783104, "dC/dw 2:j->k": -0.68800512,
            "dC/dw 1:i->j": -0.60200448, "dC/dw 1:j->j": -0.34400256, "w' 2:j->k": 0.728800512,
            "w' 1:i->j": 0.540200448, "w' 1:j->j": 0.514400256, "C'": 0.3299963386653399,
        },
    }
    for name, values in table.items():
        exercise = load(name)
        assert exercise.detail == "merged"
        derivation = Derivation(exercise.task, exercise.detail)
        for quantity, value in values.items():
            assert math.isclose(derivation.values(quantity), value, rel_tol=1e-12), (name, quantity)


def test_a_file_is_named_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(NETWORK)
    assert read_exercise(path).name == "mine"
    path.write_text(NETWORK.replace("0.66", "nan"))
    with pytest.raises(ExerciseError) as caught:
        read_exercise(path)
    assert (caught.value.file, caught.value.line) == (str(path), 11)
