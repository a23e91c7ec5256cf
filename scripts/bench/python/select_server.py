"""One process for all clients, in one select loop.

A connection waits for readability until its request came, then for writability until the answer is out, so a
slow reader stalls nobody.
"""

import select
import sys

from bytes_service import CHUNK, accept_if_any, arguments, listen_on, read_request


def welcome(listener, readers):
    connection = accept_if_any(listener)
    if connection:
        connection.setblocking(False)
        readers.add(connection)


def take_request(connection, readers, writers):
    readers.discard(connection)
    left = read_request(connection)
    if left > 0:
        writers[connection] = left
    else:
        connection.close()


def write_some(connection, writers):
    left = writers[connection]
    left -= connection.send(CHUNK[:left])
    if left > 0:
        writers[connection] = left
    else:
        del writers[connection]
        connection.close()


def main():
    port, _ = arguments()
    listener = listen_on(port)
    listener.setblocking(False)
    readers = {listener}
    writers = {}

    def attempt(step, connection, *sets):
        """One client's trouble ends that client only."""
        try:
            step(connection, *sets)
        except BlockingIOError:
            pass
        except OSError as error:
            print(error, file=sys.stderr)
            readers.discard(connection)
            writers.pop(connection, None)
            connection.close()

    while True:
        readable, writable, _ = select.select(readers, writers, [])
        for connection in readable:
            if connection is listener:
                welcome(listener, readers)
            else:
                attempt(take_request, connection, readers, writers)
        for connection in writable:
            attempt(write_some, connection, writers)


if __name__ == '__main__':
    main()
