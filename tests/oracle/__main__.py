"""The whole comparison with automatic differentiation: `python -m tests.oracle [--networks 2000] [--circuits 500]`.

Prints what was drawn and how far the worst number is off; the exit status is 1 where one is off by more than 1e-10.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib.util import find_spec


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--networks", type=int, default=2000)
    parser.add_argument("--circuits", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    if find_spec("autograd") is None:
        print("tests.oracle needs what is not installed here: pip install autograd", file=sys.stderr)
        return 2
    from tests.oracle.soak import soak

    start = time.perf_counter()
    tally = soak(words.networks, words.circuits, words.seed)
    for kind, count in sorted(tally.kinds.items()):
        print(f"{kind:32}{count:6}")
    print(f"{tally.networks} networks in three details, as floats and as arrays, and {tally.circuits} circuits: "
          f"{tally.numbers} numbers compared in {time.perf_counter() - start:.0f} s")
    print(f"largest difference {tally.worst:.1e}; beyond 1e-10: {len(tally.failed)}")
    print(*tally.failed[:20], sep="\n", file=sys.stderr)
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
