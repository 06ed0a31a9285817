"""Layouts as words to be heard: ``∂C/∂aₖ`` is "d C by d a k", ``wⱼₖ`` is "w from j to k"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from tui_backprop.maths.spelling import GREEK
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import GAP, Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text, operator
from tui_backprop.typeset.linear import flat, script_text, untagged
from tui_backprop.typeset.read_latex import LatexError, parse_latex
from tui_backprop.typeset.scripts import FROM_SUBSCRIPT, FROM_SUPERSCRIPT
from tui_backprop.typeset.spoken_joints import (
    PAIRED,
    SUMS,
    bare_sign,
    is_called,
    is_factor,
    is_left_open,
    is_slope,
    letter_of,
    needs_no_bracket,
    unwritten,
)
from tui_backprop.typeset.spoken_signs import BRACKETS, FUNCTIONS, POWERS, SIGNS, UNDER
from tui_backprop.typeset.typed import BELOW, LAYER, LETTER, SLOPE, as_latex

_LONE: Mapping[Layout, str] = {
    operator("∑"): "capital sigma", operator("∏"): "capital pi",
    Text("ln", "function"): "the log", Text("exp", "function"): "exp",
}
"""How a sign is said that is a formula by itself, because the text is about the sign."""


def pronounce(layout: Layout) -> str:
    """The layout in words, in one line without signs."""
    return _words(layout).replace(_COMMA, "").rstrip(",")


def _words(layout: Layout) -> str:
    """The same, with a pause behind a formula that ends in a layer, and with the commas between indices."""
    if layout in _LONE:
        return _LONE[layout]
    words = " ".join(_say(layout).split())
    for twice, once in ((" ,", ","), (" of of ", " of "), (" of times ", " of "), (" times at ", " at ")):
        words = words.replace(twice, once)
    return words


_COMMA = "\N{SINGLE LOW-9 QUOTATION MARK}"
"""Stands in the words for a comma between indices, which is said only where indices are spelled."""


def turn_ends(said: str) -> str:
    """Words of a notation whose weights are indexed to-from: "w to k from j" where they have "w from k to j"."""
    return _CAPITAL_ENDS.sub(r"\1 to \2 from \3", _FROM_TO.sub(r"\1 to \2 from \3", said))


_CAPITAL_ENDS = late_pattern(r"\b(W(?: prime)?) (\d) (\d)(?= in layer )")
"""A weight with a capital letter, which might be any part of a matrix where nothing is said of its notation."""


def count_weights(said: str) -> str:
    """Words of a notation that numbers its weights: "w 12" where they have "w from 1 to 2"."""
    return _COUNTED.sub(r"\1 \2\3", said)


_COUNTED = late_pattern(r"\b(w(?: prime)?) from (\d) to (\d)\b")


def spell(layout: Layout) -> str:
    """The layout in words for a text about how names are written: "w j k" for wⱼₖ, "w j comma k", "capital W".

    What stands above is said as it stands: "w with 3 above" where the 3 is no power, "a k with L above in brackets".
    """
    said = _FROM_TO.sub(r"\1 \2 \3", _words(layout)).replace(_COMMA, " comma")
    said = _CAPITAL.sub("capital W", _LAYER_TOLD.sub(r"with \1 above in brackets,", said)).rstrip(",")
    return _ABOVE.sub(lambda found: f"{found[1]}{found[4]} with {_RAISED.get(found[2], found[3])} above", said)


_RAISED: Mapping[str, str] = {"squared": "2", "cubed": "3"}
_FROM_TO = late_pattern(rf"\b((?:[wW]|theta)(?: prime)?) from (\w+{_COMMA}?) to (\w+)")
_CAPITAL = late_pattern(r"\bW\b")
_LAYER_TOLD = late_pattern(r"\bin layer (\w+(?: (?:minus|plus) \w+)?),")
_ABOVE = late_pattern(r"\b(?!bracket\b)(\w+) (squared|cubed|to the power (\w+))((?: (?:\w|comma)\b)*)")
"""What stands above, and the indices behind it where it is written first, ``{w^3}_{24}``: "w 2 4 with 3 above"."""


def speak_text(text: str) -> str:
    """Running text with formulas in it, as hints and judgements have them: names and signs become words."""
    text = _LONE_POINT.sub("0.", speak_keys(text)).replace(" > ", " is above ")
    text = _GAP_FIRST.sub("The gap", text).replace(GAP.text, "the gap")
    text = _POWER_OF_GAP.sub(lambda found: f" {_said_power(_power_of(found[0]))}", text)
    text = _POWER_OF_NUMBER.sub(lambda found: f" {_said_power(_power_of(found[0]))}", text)
    text = _SLOPE_WITH_D.sub(_slope_with_d, text)
    text = _OWN_SLOPE.sub(rf"∂\1{_IN_SQUARE}/∂", text)
    text = _TIMES_LEFT_OUT.sub(r"\1 times ", _NAME_IN_SQUARE.sub(rf"\1 {_SQUARE}", text))
    text = _BECOMES.sub(" becomes ", _PART.sub(", ", _TO_BE_FINISHED.sub("", text)))
    while (bracket := _BRACKET.search(text)) is not None:
        text = f"{text[:bracket.start()]}{_bracket_told(*bracket.groups())}{text[bracket.end():]}"
    text = _SUM_OVER.sub(lambda found: f"the sum over {FROM_SUBSCRIPT[found[1]]} of ", text)
    text = text.replace("/open bracket", " over open bracket").replace("close bracket/", "close bracket over ")
    said = text.replace(f"{_IN_SQUARE}/∂", f" {_SQUARE} by d ")
    said = SLOPE.sub(lambda found: f"d {_name(found[1])} by d {_name(found[2])}", said)
    said = _NAME.sub(lambda found: _name(found[0]) if found[0] != found[1] else found[0], said)
    said = _TYPED_SLOPE.sub(r"d \1 by d \2", _PARTED.sub(" over ", said))
    said = said.replace("^", " caret ")  # how it is typed, and not what it means
    said = "".join(f" {SIGNS[sign]} " if sign in _TEXT_SIGNS else GREEK.get(sign, sign) for sign in said)
    said = _QUOTED.sub(lambda quoted: f"“{quoted[1].strip()}”", said)
    said = re.sub(r" ([,.;:)])", r"\1", " ".join(said.split())).replace("( ", "(")
    return _IDLE_PAUSE.sub(r"\1", said)


def speak_keys(text: str) -> str:
    """The text with ``?`` and ``!`` in words where they are what is typed for help: a reader's voice skips them."""
    text = _KEYS.sub(lambda found: "a question mark" if found[0] == "?" else "an exclamation mark", text)
    return _ASKED.sub("= what?", _KEY_FIRST.sub(lambda found: found[0].capitalize(), text))


_KEY_FIRST = late_pattern(r"(?:^|(?<=[.?!] ))(?:a question|an exclamation)(?= mark )")
_ASKED = late_pattern(r"= \?$")
_KEYS = late_pattern(r"(?<!\S)[?!](?= (?:gives|shows|for|to|alone|leaves)\b)")
_IDLE_PAUSE = late_pattern(
    r"(\bin layer \w+(?: (?:minus|plus) \w+)?),(?=[,.;:?!)]|$| (?!(?:equals|minus|plus|times|over|by)\b)[a-z])")
"""The pause behind a layer, where the sentence goes on or ends and no sign of a formula follows."""


def _bracket_told(before: str, inside: str, power: str) -> str:
    """A bracket of a formula in words, after what stands right before it."""
    called = _CALLED.fullmatch(before) is not None
    joint = f"{'e to the' if before == 'exp' else f'{before} of'} " if called else f"{before} times " if before else ""
    if called and not power and (pair := _TWO_THINGS.fullmatch(inside)):
        return f"{joint}{pair[1]} and {pair[2]}"
    if not power and (called or not before) and _ONE_THING.fullmatch(inside):
        return f"{joint}{inside}"
    return f"{joint}open bracket {inside} close bracket {POWERS.get(_power_of(power), '')}".rstrip()


def _tell_slope(above: str, below: str) -> str:
    """A slope in words; of a quantity that is called d as no other is: "d d by d b" could not be followed by ear."""
    with_d = "d" in (above.partition(" ")[0], below)
    return f"the slope of {above} for {below}" if with_d else f"d {above} by d {below}"


def _slope_with_d(found: re.Match[str]) -> str:
    square, above, below = found.groups()
    if "d" not in (square, above, below):
        return found[0]
    return _tell_slope(f"{square} {_SQUARE}" if square else above, below)


_SLOPE_WITH_D = late_pattern(r"∂(?:\[(\w+)\]|(\w+))/ ?∂(\w+)\b")
_IN_SQUARE, _SQUARE = "\N{BULLET}", "in square brackets"
_OWN_SLOPE = late_pattern(r"∂\[(\w+)\]/ ?∂")
"""The slope of a circuit's last gate alone, ``∂[f]/∂x``."""
_NAME_IN_SQUARE = late_pattern(r"\[(\w+)\]")
_TIMES_LEFT_OUT = late_pattern(r"(?<![\w.])(\d+(?:\.\d+)?)(?=[A-Za-zα-ω](?![A-Za-zα-ω0-9]))")
"""A number right before a letter: "3x squared" would be heard as the square of 3x."""


def _said_power(power: str) -> str:
    return POWERS.get(power) or f"to the power {power.replace('−', 'minus ').replace('-', 'minus ')}"


def _power_of(raised: str) -> str:
    return "".join(FROM_SUPERSCRIPT[sign] for sign in raised)


def speak_answer(text: str) -> str:
    """A typed formula, ``-1/x^2`` or ``2*a_j``, in words; any other text as :func:`speak_text` says it."""
    text = _LONE_POINT.sub("0.", text)
    try:
        return pronounce(parse_latex(as_latex(text))).replace(" gives ", " to ")
    except LatexError:
        return speak_text(text)


def speak_message(text: str) -> str:
    """A judgement in words, together with the formula that it quotes, as in ``I read 2 * a. …``."""
    read = _READ.search(text)
    if read is None:
        return speak_text(text)
    said = f"{speak_text(text[:read.start(1)])} {speak_answer(read[1])}".lstrip()
    return f"{said}{speak_text(text[read.end(1):])}"


_PARTED, _TYPED_SLOPE = late_pattern(r"(?<=\d)/(?=\d)"), late_pattern(r"\bd(\w+)/d(\w+)")
"""A fraction of numbers, ``1/3``; and a slope in plain letters, ``dC/da``."""
_GAP_FIRST = late_pattern(rf"(?:^|(?<=[.?!] )){re.escape(GAP.text)}")
_LONE_POINT = late_pattern(r"(?<![\w.])\.(?=\d)")
"""A point with no digit before it, which is not read out: ``.76`` is said as 0.76."""
_READ = late_pattern(r"\bI read (.*?)(?=\.(?: |$))")
_SUPS = f"[{''.join(FROM_SUPERSCRIPT)}]*"
_NAMED = rf"({LETTER})(′?)({LAYER})({BELOW})({_SUPS})(?<!,)"
_NAME = late_pattern(rf"(?<![A-Za-zα-ωŷ]){_NAMED}(?![A-Za-zα-ωŷ])")
_PART = late_pattern(r"(?<=[a-z0-9]) · (?=[A-Z])|(?<=\S) {3,}(?=\S)")
"""The dot or spaces between the parts of a title, or between the values of a list."""
_TO_BE_FINISHED = late_pattern(r"(?<=[a-z]{2}) …$")
"""The dots behind a sentence that the answer ends."""
_POWER_OF_NUMBER = late_pattern(rf"(?<=\d)[{''.join(FROM_SUPERSCRIPT)}]+")
_POWER_OF_GAP = late_pattern(rf"(?<=he gap)[{''.join(FROM_SUPERSCRIPT)}]+")
_QUOTED = late_pattern("“([^“”]*)”")
_SUM_OVER = late_pattern(f"∑([{''.join(FROM_SUBSCRIPT)}])")
_BELOWS = "".join(FROM_SUBSCRIPT)
_BRACKET = late_pattern(
    rf"(?=[\w½′ŷ]+\(|\([^()]+\)[{''.join(FROM_SUPERSCRIPT)}]|(?<=[·×+−=/] )\(|(?<=[−/])\()"
    rf"(?<![\w^])([\w.½′]*)\((?!s\))([^()]+)\)({_SUPS})")
"""A bracket of a formula: right after a factor or a function, before a power, or after a sign. In words it is none."""
_ONE_THING = late_pattern(r"(?:\w+ of )*−?[^\s,−+·]+")
_TWO_THINGS = late_pattern(r"(−?[^\s,−+·]+), (−?[^\s,−+·]+)")
"""What max and min take: ``0, z``."""
_CALLED = late_pattern(rf"(?:[fghCLJσ]|ReLU|exp|ln|log|max|min|tanh|step|sign|sqrt|abs|softplus)[′{_BELOWS}]*")
_BECOMES = late_pattern(r"(?<=\d) → (?=[\d−])")
"""The arrow from a number to the one that takes its place."""
_TEXT_SIGNS = frozenset("∂−·×≈≠≤≥→⇒±∈∇∞′½∑…=+ŷ")


def _name(text: str) -> str:
    """A name as it stands in running text, ``wⱼₖ⁽ᴸ⁾``, in words."""
    found = _NAME.fullmatch(text)
    if found is None:
        return text
    sub = "".join(FROM_SUBSCRIPT.get(each, each) for each in found[4].strip("_{}"))
    sup = "".join(FROM_SUPERSCRIPT[each] for each in found[5])
    if found[3]:  # a superscript written first is no power
        sup = f"({''.join(FROM_SUPERSCRIPT[each] for each in found[3])})"
    above: Layout | None = Fenced(Text(sup.strip("()"))) if sup.startswith("(") else Text(sup) if sup else None
    named = Scripted(Text(found[1] + found[2]), Text(sub) if sub else None, above)
    return _words(named).replace(_COMMA, "") if sub or sup else _text(Text(found[1] + found[2]))


def _say(layout: Layout) -> str:
    match layout:
        case Text():
            return _text(layout)
        case Tagged(_, body):
            return _say(body)
        case Fraction(above, below):
            return _fraction(above, below)
        case Scripted():
            return _say_scripts(layout)
        case Fenced(body, left, _):
            if not left:
                return _say(body)
            if left == "[" and len(flat(untagged(body))) == 1:
                return f"{_say(body)} {_SQUARE}"
            opening, closing = BRACKETS.get(left, ("open bracket", "close bracket"))
            return f"{opening} {_say(body)} {closing}"
        case Grid(rows):
            return "; ".join((" " if layout.equations else ", ").join(map(_say, cells)) for cells in rows)
        case Row():
            return _row(flat(layout))
        case _:
            assert_never(layout)


def _text(text: Text) -> str:
    raw = text.text
    if text.role == "words":
        return raw if raw.strip() else ","
    name = raw.rstrip("′")
    primes = " prime" * (len(raw) - len(name))
    if text.role == "function" and (name in FUNCTIONS or name.isascii()):
        return FUNCTIONS.get(name, name) + primes
    if (whole := SIGNS.get(raw.strip())) is not None:
        return f" {whole} "
    words = (SIGNS.get(sign) or GREEK.get(sign) if sign != "," else "" for sign in name)
    return "".join(
        f" {word} " if word else letter_of(sign) for word, sign in zip(words, name, strict=True)) + primes


def _fraction(above: Layout, below: Layout) -> str:
    top, bottom = flat(untagged(above)), flat(untagged(below))
    if len(top) > 1 and len(bottom) > 1 and top[0] == bottom[0] and top[0] in (Text("∂"), Text("d")):
        return _tell_slope(" ".join(_row(top[1:]).split()), " ".join(_row(bottom[1:]).split()))
    if len(top) == 1 and len(bottom) == 2 and top[0] == bottom[0] and top[0] in (Text("∂"), Text("d")):
        return f"d by d {_say(bottom[1])} of"
    if len(top) == len(bottom) == 1:
        if (_say(above), _say(below)) == ("1", "2"):
            return SIGNS["½"]
        return f"{_say(above)} over {_say(below)}"
    return f"the fraction {_say(above)}, over {_say(below)}, end of fraction,"


def _say_scripts(layout: Scripted) -> str:
    base, sub = untagged(layout.base), script_text(layout.sub, Glyphs.FULL) if layout.sub is not None else ""
    said = _say(base)
    if isinstance(base, Text) and base.text in SUMS:
        over = f"{_say(layout.sub)} up to {_say(layout.sup)}" if layout.sub and layout.sup else sub
        over = over if over.isascii() and over else _say(layout.sub or Text(""))
        return f"{said.strip().removesuffix('of')} over {over} of"
    if isinstance(base, Text) and layout.sub is not None and (said_of := UNDER.get(base.text)) is not None:
        return said_of.format(_say(layout.sub).replace("gives", "goes to"))
    letters, comma = sub.replace(",", ""), _COMMA if "," in sub else ""
    ends = sub.split(",") if "," in sub else list(sub)
    if isinstance(base, Text) and base.text.rstrip("′") in ("w", "θ") and len(ends) == 2 \
            and not ends[1].startswith("′"):
        said += f" from {ends[0]}{comma} to {ends[1]}"
    elif layout.sub is not None:
        one_by_one = letters.isalnum() and letters.isascii() and len(letters) < 3
        a_word = len(letters) > 2 and letters.replace(" ", "").isalpha() and letters.isascii()
        said += " " + (f"{comma} ".join(letters) if one_by_one else letters if a_word else _say(layout.sub))
    if layout.sup is None:
        return said
    return f"{said} {_in_layer(_say(layout.sup)) if layout.sup_first else _power(layout.sup)}"


def _power(sup: Layout) -> str:
    text = script_text(sup, Glyphs.FULL)
    if text in POWERS:
        return POWERS[text]
    inside = untagged(sup)
    if isinstance(inside, Fenced):
        return _in_layer(_say(inside.body))
    if text.startswith("(") and text.endswith(")"):
        return _in_layer(speak_text(text[1:-1]))
    parts = flat(inside)
    is_one = len(parts) == 1 or (len(parts) == 2 and parts[0] == Text("−", "operator"))
    return f"to the power {_say(sup)}" if is_one else f"to the power {_say(sup)}, end of power,"


def _in_layer(layer: str) -> str:
    return f"in layer {layer},"


def _row(parts: Sequence[Layout]) -> str:
    pieces: list[str] = []
    signs = [bare_sign(part) for part in parts]
    pairs = {sign: signs.count(sign) // 2 * 2 for sign in PAIRED}
    for place, part in enumerate(parts):
        if place and (joint := unwritten(parts[place - 1], part)):
            pieces.append(joint)
        inside = untagged(part)
        if pairs.get(signs[place]):
            sign, sub, sup = signs[place], *((inside.sub, inside.sup) if isinstance(inside, Scripted) else (None, None))
            scripts = f"{f'index {_say(sub)}' if sub else ''} {_power(sup) if sup else ''}"
            pieces.append(scripts if pairs[sign] % 2 else BRACKETS[sign][0])
            pairs[sign] -= 1
            continue
        if signs[place] == "/" and is_slope(signs, place):
            pieces.append("by")
            continue
        if place and (pair := _pair_given_to(parts[place - 1], inside)):
            pieces.append(pair)
            continue
        if signs[place].strip() in ("+", "−") and is_left_open(parts[:place]):
            pieces.append(",")
        if inside == operator(" ") and 0 < place < len(parts) - 1 and is_factor(untagged(parts[place - 1])) \
                and is_called(parts[place + 1]):
            pieces.append("times")
            continue
        pieces.append(_say(inside.body) if isinstance(inside, Fenced) and needs_no_bracket(inside) else _say(part))
    return " ".join(pieces)


def _pair_given_to(function: Layout, given: Layout) -> str:
    """The two things that a function such as max takes, in words; empty for anything else."""
    if not isinstance(given, Fenced) or not is_called(function):
        return ""
    inner = list(flat(untagged(given.body)))
    if inner.count(operator(", ")) != 1:
        return ""
    comma = inner.index(operator(", "))
    pair = inner[:comma], inner[comma + 1:]
    is_plain = all(len(side) == 1 or (len(side) == 2 and side[0] == operator("−")) for side in pair)
    return " and ".join(map(_row, pair)) if is_plain else ""
