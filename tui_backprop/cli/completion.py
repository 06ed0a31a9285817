"""``completion``: scripts for bash, zsh and fish. They are static, so that completing starts no program."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping

from tui_backprop import course
from tui_backprop.cli.verb import PROGRAM, Argument, Offer, Verb
from tui_backprop.cli.verbs import EVERYWHERE, OPEN, VERBS
from tui_backprop.course.library import short_name


def run(arguments: Namespace) -> int:
    """Print the script for one shell."""
    print(script(arguments.shell, VERBS), end="")
    return 0


def script(shell: str, verbs: Mapping[str, Verb]) -> str:
    """The script that completes these verbs in one of :data:`SHELLS`."""
    return "\n".join([*SHELLS[shell](verbs), ""])


def _bash(verbs: Mapping[str, Verb]) -> Iterator[str]:
    everywhere = [option.name for option in EVERYWHERE]
    yield f"""\
# {PROGRAM}: completion for bash
_tui_backprop() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} verb= offered= place
    if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD - 2]}}; fi
    for ((place = 1; place < COMP_CWORD; place++)); do
        case ${{COMP_WORDS[place]}} in
            {'|'.join(option.name for option in _with_value(EVERYWHERE))}) ((place++)) ;;
            -*) ;;
            *) verb=${{COMP_WORDS[place]}}; break ;;
        esac
    done
    case $verb:$before in"""
    for option in _with_value(EVERYWHERE):
        yield f'        *:{option.name}) offered="{_list_offers(option)}" ;;'
    for verb in verbs.values():
        for option in _with_value(_options(verb)):
            yield f'        {verb.name}:{option.name}) offered="{_list_offers(option)}" ;;'
    for verb in verbs.values():
        names = (option.name for option in _options(verb))
        offered = [*filter(None, map(_list_offers, _words(verb))), *names, *everywhere]
        yield f'        {verb.name}:*) offered="{" ".join(offered)}" ;;'
    yield f"""\
        :*) offered="{' '.join([*verbs, *map(_list_offers, _words(OPEN)), *everywhere])}" ;;
    esac
    COMPREPLY=($(compgen -W "$offered" -- "$word"))
}}
complete -o default -F _tui_backprop {PROGRAM}"""


def _zsh(verbs: Mapping[str, Verb]) -> Iterator[str]:
    yield f"""\
#compdef {PROGRAM}
# {PROGRAM}: completion for zsh
_tui_backprop_offer() {{
    local offer
    for offer; do
        case $offer in
            exercise) compadd -- {_names('exercise')} ;;
            lesson) compadd -- {_names('lesson')} ;;
            file) _files ;;
            verb) local -a verbs=({' '.join(_quote(f'{verb.name}:{verb.summary}') for verb in verbs.values())})
                  _describe verb verbs ;;
        esac
    done
}}
_tui_backprop() {{
    local context state state_descr line
    local -A opt_args
    local -a everywhere=({' '.join(map(_zsh_option, EVERYWHERE))})
    _arguments -C -S $everywhere {_quote('1: : _tui_backprop_offer verb lesson exercise file')} '*::: :->rest'
    [[ $state == rest ]] || return
    words=("$line[1]" "$words[@]")
    ((CURRENT++))
    case $line[1] in"""
    for verb in verbs.values():
        parts = [*map(_zsh_option, _options(verb)), *map(_zsh_word, _words(verb))]
        yield f"        {verb.name}) _arguments -S $everywhere {' '.join(parts)} ;;"
    yield """\
    esac
}
if [[ $funcstack[1] == _tui-backprop ]]; then _tui_backprop "$@"; else compdef _tui_backprop tui-backprop; fi"""


def _zsh_option(option: Argument) -> str:
    again = "*" if option.times else ""
    return _quote(f"{again}{option.name}[{_zsh_plain(option.about)}]{_zsh_value(option)}")


def _zsh_word(word: Argument) -> str:
    return _quote(f"{'*' if word.times == '+' else ''}{_zsh_value(word)}")


def _zsh_value(argument: Argument) -> str:
    if argument.is_switch:
        return ""
    action = f" _tui_backprop_offer {' '.join(argument.offers)}" if argument.offers else f"({_list_offers(argument)})"
    return f":{_zsh_plain(argument.value or argument.name)}:{action}"


def _zsh_plain(text: str) -> str:
    """Text with the characters escaped that would end it."""
    return re.sub(r"([\[\]:])", r"\\\1", text)


def _fish(verbs: Mapping[str, Verb]) -> Iterator[str]:
    yield f"""\
# {PROGRAM}: completion for fish
function __tui_backprop_verb --argument-names verb
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]
        switch $words[1]
            case {' '.join(option.name for option in _with_value(EVERYWHERE))}
                set -q words[2]; and set -e words[2]
            case '-*'
            case '*'
                test "$words[1]" = "$verb"
                return
        end
        set -e words[1]
    end
    test -z "$verb"
end
complete -c {PROGRAM} -f"""
    for option in EVERYWHERE:
        yield _fish_line("", option)
    for verb in verbs.values():
        yield f"{_fish_when('')} -a {verb.name} -d {_fish_quoted(verb.summary)}"
    for verb in (OPEN, *verbs.values()):
        for argument in verb.each():
            if argument.about:
                yield _fish_line(_fish_when(verb.name), argument)


def _fish_when(verb: str) -> str:
    return f"complete -c {PROGRAM} -n {_fish_quoted(f'__tui_backprop_verb {verb}'.rstrip())}"


def _fish_line(when: str, argument: Argument) -> str:
    option = f" -l {argument.name.removeprefix('--')} -d {_fish_quoted(argument.about)}" if argument.is_option else ""
    takes = "" if argument.is_switch else f" -{'r' * argument.is_option}{'F' if 'file' in argument.offers else 'f'}"
    offered = _list_offers(argument)
    return f"{when or f'complete -c {PROGRAM}'}{option}{takes}{f' -a {_fish_quoted(offered)}' if offered else ''}"


SHELLS: Mapping[str, Callable[[Mapping[str, Verb]], Iterator[str]]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}


def _options(verb: Verb) -> list[Argument]:
    return [argument for argument in verb.each() if argument.is_option and argument.about]


def _words(verb: Verb) -> list[Argument]:
    return [argument for argument in verb.each() if not argument.is_option]


def _with_value(options: Iterable[Argument]) -> Iterator[Argument]:
    return (option for option in options if not option.is_switch)


def _list_offers(argument: Argument) -> str:
    """All names that may stand there, except the names of files."""
    return " ".join(part for part in (_typeable(argument.names()), *map(_names, argument.offers)) if part)


def _names(offer: Offer) -> str:
    """The names of all exercises or lessons that are found by name; empty for files."""
    if offer == "exercise":
        return _typeable(entry.name for entry in course.exercises())
    if offer == "lesson":
        return _typeable(short_name(entry.name) for entry in course.lessons())
    return ""  # files: the shell knows them itself


def _typeable(names: Iterable[str]) -> str:
    """The names that mean nothing else to a shell, in a row: a stranger's file may be called ``$(reboot)``."""
    return " ".join(name for name in names if re.fullmatch(r"\w[\w.-]*", name, re.ASCII))


def _quote(text: str) -> str:
    """The text as one word of bash or zsh."""
    return "'" + text.replace("'", "'\\''") + "'"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
