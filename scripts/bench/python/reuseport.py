"""N children, each blocks in accept on a listener of its own; the kernel spreads the connections."""

from bytes_service import arguments, listen_on, serve_bytes
from pool import run_pool


def serve_forever(port):
    listener = listen_on(port, shared=True)
    while True:
        connection, _ = listener.accept()
        serve_bytes(connection)
        connection.close()


def main():
    port, children = arguments()
    run_pool(children, lambda: serve_forever(port))


if __name__ == '__main__':
    main()
