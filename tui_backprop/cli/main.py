"""The command line: finds the verb, runs it, and turns failures into one line and an exit status."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from tui_backprop import __version__
from tui_backprop.cli.parser import first_word, read_arguments, read_call
from tui_backprop.cli.streams import give_up_output, let_go, prepare
from tui_backprop.cli.verb import BAD, DONE, INTERRUPTED, PROGRAM, UsageError
from tui_backprop.cli.verbs import OPEN, VERBS
from tui_backprop.terminal.ending import is_interrupt, process_ending


def run() -> None:
    """The console command: runs the call in ``sys.argv`` and ends the process."""
    prepare()
    process_ending().listen_to_interrupts()
    status = main(sys.argv[1:])
    process_ending().heed_interrupts_no_more()
    let_go()
    gc.freeze()  # nor is garbage searched for: with the app loaded that takes longer than ending
    sys.exit(status)


def main(words: Sequence[str]) -> int:
    """Run one call; gives its exit status. A failure prints one line on stderr and nothing else."""
    try:
        status = _run_verb(words)
        sys.stdout.flush()
    except BrokenPipeError:
        give_up_output()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except RuntimeError as error:
        if is_interrupt(error):
            return INTERRUPTED
        raise
    except OSError as error:
        give_up_output()  # it may be full
        return _refuse(error.strerror if error.filename is None else error)
    except (UsageError, ValueError) as error:
        return _refuse(error)
    return status


def _refuse(error: object) -> int:
    from tui_backprop.course.files import printable

    try:  # it may quote a name of a stranger's file, or what was typed
        print(f"{PROGRAM}: {printable(' '.join(str(error).split()))}", file=sys.stderr, flush=True)
    except OSError:  # nobody can be told
        give_up_output(2)
    return BAD


def _run_verb(words: Sequence[str]) -> int:
    verb, options, rest = read_call(words, VERBS)
    if options.help:
        from tui_backprop.cli.pages import first_page, verb_page

        print(first_page(VERBS) if verb is OPEN else verb_page(verb), end="")
        return DONE
    if options.version:
        print(f"{PROGRAM} {__version__}")
        return DONE
    if verb is OPEN:
        from tui_backprop.cli.open import check_target, is_confined

        target = first_word(rest)
        if not is_confined(rest) and target is not None:  # else its folder comes first
            check_target(target, VERBS)  # before complaining about its options
    return verb.run(read_arguments(verb, rest, options))
