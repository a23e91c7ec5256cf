"""Three processes of multiprocessing that accept on one listener: PORT METHOD (fork, spawn)."""
import multiprocessing
import signal
import socket
import sys


def serve(listener):
    while True:
        connection, _ = listener.accept()
        connection.sendall(connection.recv(100))
        connection.close()


if __name__ == '__main__':
    listener = socket.create_server(('127.0.0.1', int(sys.argv[1])), backlog=128)
    context = multiprocessing.get_context(sys.argv[2])
    children = [context.Process(target=serve, args=(listener,), daemon=True) for _ in range(3)]
    for child in children:
        child.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for child in children:
        child.join()
