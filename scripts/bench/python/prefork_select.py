"""N children wait in select for the one inherited listener, then accept without blocking."""

import select

from bytes_service import accept_if_any, arguments, listen_on, serve_bytes
from pool import run_pool


def serve_forever(listener):
    while True:
        select.select([listener], [], [])
        connection = accept_if_any(listener)
        if connection:
            serve_bytes(connection)
            connection.close()


def main():
    port, children = arguments()
    listener = listen_on(port)
    listener.setblocking(False)
    run_pool(children, lambda: serve_forever(listener))


if __name__ == '__main__':
    main()
