"""One child for each client, with the standard library's ready-made server."""

import os
import socketserver

from bytes_service import BACKLOG, arguments, end_with_parent, serve_bytes


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        end_with_parent(self.server.pid)
        serve_bytes(self.request)


class Server(socketserver.ForkingTCPServer):
    request_queue_size = BACKLOG
    allow_reuse_address = True
    pid = os.getpid()


if __name__ == '__main__':
    port, _ = arguments()
    Server(('127.0.0.1', port), Handler).serve_forever()
