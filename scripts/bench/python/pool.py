"""What the pools share: children that are forked before any client came."""

import os
import sys

from bytes_service import end_with_parent


def run_pool(count, child):
    """Forks so many children, each of which runs `child` for ever, and waits."""
    parent = os.getpid()
    for _ in range(count):
        if os.fork() == 0:
            end_with_parent(parent)
            child()
    for _ in range(count):
        os.wait()
    sys.exit('no child is left')
