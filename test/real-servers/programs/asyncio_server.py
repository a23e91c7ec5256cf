"""Answers what it gets, and closes: PORT."""
import asyncio
import sys


async def answer(reader, writer):
    writer.write(await reader.readline())
    await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(answer, '127.0.0.1', int(sys.argv[1]), backlog=128)
    await server.serve_forever()


asyncio.run(main())
