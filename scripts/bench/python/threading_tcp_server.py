"""One thread for each client, with the standard library's ready-made server."""

import socketserver

from bytes_service import BACKLOG, arguments, serve_bytes


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        serve_bytes(self.request)


class Server(socketserver.ThreadingTCPServer):
    request_queue_size = BACKLOG
    allow_reuse_address = True
    daemon_threads = True


if __name__ == '__main__':
    port, _ = arguments()
    Server(('127.0.0.1', port), Handler).serve_forever()
