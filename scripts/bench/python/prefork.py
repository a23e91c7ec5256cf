"""N children, forked before any client came, all block in accept on the one inherited listener."""

import os
import sys

from bytes_service import arguments, end_with_parent, listen_on, serve_bytes


def serve_forever(listener):
    while True:
        connection, _ = listener.accept()
        serve_bytes(connection)
        connection.close()


def main():
    port, children = arguments()
    listener = listen_on(port)
    parent = os.getpid()
    for _ in range(children):
        if os.fork() == 0:
            end_with_parent(parent)
            serve_forever(listener)
    listener.close()
    for _ in range(children):
        os.wait()
    sys.exit('no child is left')


if __name__ == '__main__':
    main()
