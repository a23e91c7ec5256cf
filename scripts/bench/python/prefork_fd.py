"""The parent accepts and passes each connection to a free child as a descriptor.

The child writes one byte back when it is free again. The parent looks at the listener only while a child is
free. A child that died is replaced.
"""

import os
import select
import socket
import sys

from bytes_service import arguments, end_with_parent, listen_on, serve_bytes


def receive_descriptor(pipe):
    """The descriptor that was passed, or None when the parent is gone."""
    try:
        _, descriptors, _, _ = socket.recv_fds(pipe, 1, 1)
    except ConnectionResetError:
        return None
    return descriptors[0] if descriptors else None


def serve_passed(pipe):
    while True:
        descriptor = receive_descriptor(pipe)
        if descriptor is None:
            os._exit(0)
        connection = socket.socket(fileno=descriptor)
        serve_bytes(connection)
        connection.close()
        pipe.send(b'.')


def start_child(listener):
    """The parent's end of the pipe to a new child."""
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    if os.fork() == 0:
        end_with_parent(parent)
        listener.close()
        ours.close()
        serve_passed(theirs)
    theirs.close()
    return ours


def pass_on(listener, pipe):
    connection, _ = listener.accept()
    socket.send_fds(pipe, [b'.'], [connection.fileno()])
    connection.close()


def heard_from(pipe):
    """Whether the child is free again; otherwise it died."""
    try:
        return pipe.recv(1) != b''
    except OSError:
        return False


def main():
    port, count = arguments()
    listener = listen_on(port)
    free = [start_child(listener) for _ in range(count)]
    busy = set()
    while True:
        watched = [*free, *busy, *([listener] if free else [])]
        readable, _, _ = select.select(watched, [], [])
        for pipe in readable:
            if pipe is listener:
                continue
            if heard_from(pipe):
                busy.discard(pipe)
                free.append(pipe)
                continue
            print('a child died: replaced', file=sys.stderr)
            busy.discard(pipe)
            if pipe in free:
                free.remove(pipe)
            pipe.close()
            os.wait()  # its pipe is closed, so it is ending: this does not wait for long
            free.append(start_child(listener))
        if listener in readable:
            pipe = free.pop()
            busy.add(pipe)
            pass_on(listener, pipe)


if __name__ == '__main__':
    main()
