"""N children, each with an epoll set of its own for the one inherited listener; they wait, then accept without
blocking."""

import select

from bytes_service import accept_if_any, arguments, listen_on, serve_bytes
from pool import run_pool


def serve_forever(listener):
    epoll = select.epoll()
    epoll.register(listener, select.EPOLLIN)
    while True:
        epoll.poll(maxevents=1)
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
