"""N children, forked before any client came, all block in accept on the one inherited listener."""

from bytes_service import arguments, listen_on, serve_bytes
from pool import run_pool


def serve_forever(listener):
    while True:
        connection, _ = listener.accept()
        serve_bytes(connection)
        connection.close()


def main():
    port, children = arguments()
    listener = listen_on(port)
    run_pool(children, lambda: serve_forever(listener))


if __name__ == '__main__':
    main()
