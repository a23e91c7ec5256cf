"""N threads of one process, all block in accept on the one listener."""

import threading

from bytes_service import arguments, listen_on, serve_bytes


def serve_forever(listener):
    while True:
        connection, _ = listener.accept()
        serve_bytes(connection)
        connection.close()


def main():
    port, count = arguments()
    listener = listen_on(port)
    threads = [threading.Thread(target=serve_forever, args=[listener], daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == '__main__':
    main()
