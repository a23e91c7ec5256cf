"""One process for all clients, with the standard library's ready-made event loop. With a number of children, as many
such processes on one listener."""

import asyncio
import sys

from bytes_service import BACKLOG, CHUNK, LONGEST_REQUEST, arguments, count_in, listen_on
from pool import run_pool


async def serve(reader, writer):
    try:
        left = count_in(await reader.read(LONGEST_REQUEST))
        while left > 0:
            writer.write(CHUNK[:left])
            await writer.drain()
            left -= len(CHUNK)
    except OSError as error:
        print(error, file=sys.stderr)
    writer.close()


async def serve_forever(listener):
    server = await asyncio.start_server(serve, sock=listener, backlog=BACKLOG)
    await server.serve_forever()


def main():
    port, children = arguments(default_children=1)
    listener = listen_on(port)
    if children == 1:
        asyncio.run(serve_forever(listener))
    else:
        run_pool(children, lambda: asyncio.run(serve_forever(listener)))


if __name__ == '__main__':
    main()
