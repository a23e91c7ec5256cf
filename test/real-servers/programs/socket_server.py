"""One of socketserver's servers: PORT CLASS. It answers what it gets, and closes."""
import socketserver
import sys


class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline())


server = getattr(socketserver, sys.argv[2])
server.allow_reuse_address = True
server.request_queue_size = 128
server(('127.0.0.1', int(sys.argv[1])), Answer).serve_forever()
