"""The main thread accepts and puts each connection into a queue, out of which N threads take them."""

import queue
import threading

from bytes_service import arguments, listen_on, serve_bytes

LENGTH = 128


def serve_forever(connections):
    while True:
        connection = connections.get()
        serve_bytes(connection)
        connection.close()


def main():
    port, count = arguments()
    listener = listen_on(port)
    connections = queue.Queue(LENGTH)
    for _ in range(count):
        threading.Thread(target=serve_forever, args=[connections], daemon=True).start()
    while True:
        connection, _ = listener.accept()
        connections.put(connection)


if __name__ == '__main__':
    main()
