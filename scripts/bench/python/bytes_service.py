"""What every server of this folder shares: the listener, the `bytes` service, and the way children end.

The service: one read of the request, a decimal count ended by a newline or by nothing at all, then that many
bytes, then close.
"""

import ctypes
import os
import signal
import socket
import sys

BACKLOG = 128
DEFAULT_CHILDREN = 10
LONGEST_REQUEST = 64
MOST_BYTES = 64 * 1024 * 1024
CHUNK = memoryview(bytes(64 * 1024))
PR_SET_PDEATHSIG = 1

libc = ctypes.CDLL(None)


def arguments(default_children=DEFAULT_CHILDREN):
    """The port and the number of children from the command line."""
    if not 2 <= len(sys.argv) <= 3 or not all(text.isdecimal() for text in sys.argv[1:]):
        sys.exit(f'usage: {sys.argv[0]} PORT [CHILDREN]')
    port, *children = map(int, sys.argv[1:])
    return port, children[0] if children else default_children


def listen_on(port, shared=False):
    """A listening socket on 127.0.0.1; when it is shared, others may listen there too."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(('127.0.0.1', port))
    listener.listen(BACKLOG)
    return listener


def accept_if_any(listener):
    """A connection from a listener that does not block, or None."""
    try:
        connection, _ = listener.accept()
    except (BlockingIOError, ConnectionAbortedError):
        return None
    return connection


def read_request(connection):
    """Reads the request once. The count, or 0 when there is nothing to answer."""
    return count_in(connection.recv(LONGEST_REQUEST))


def count_in(request):
    """The count that a request asks for, or 0 when there is nothing to answer."""
    text = request.removesuffix(b'\n')
    if not text:
        return 0
    if not text.isdigit() or int(text) > MOST_BYTES:
        print(f'not a count from 0 to {MOST_BYTES}: closed', file=sys.stderr)
        return 0
    return int(text)


def serve_bytes(connection):
    """The whole service on a blocking connection. The caller closes."""
    try:
        left = read_request(connection)
        while left > 0:
            left -= connection.send(CHUNK[:left])
    except OSError as error:
        print(error, file=sys.stderr)


def end_with_parent(parent):
    """To be called in a new child: it dies with its parent, also when the parent died just before."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
