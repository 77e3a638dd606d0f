"""A PostgreSQL 13.9, as far as a client sees before its first query: lets everyone in and says its version.

    old_server.py PORTFILE      writes the port it listens on into PORTFILE, and serves until it is killed"""

import os
import socket
import struct
import sys


def message(kind, body):
    return kind + struct.pack("!I", len(body) + 4) + body


def parameter(name, value):
    return message(b"S", name + b"\0" + value + b"\0")


def serve(client):
    size = struct.unpack("!I", client.recv(4, socket.MSG_WAITALL))[0]
    client.recv(size - 4, socket.MSG_WAITALL)  # the startup packet: whoever it is
    client.sendall(message(b"R", struct.pack("!I", 0)) + parameter(b"server_version", b"13.9") +
                   parameter(b"server_encoding", b"UTF8") + parameter(b"client_encoding", b"UTF8") +
                   message(b"K", struct.pack("!II", 1, 1)) + message(b"Z", b"I"))
    while client.recv(4096):
        pass


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    with open(sys.argv[1] + ".part", "w", encoding="ascii") as file:
        file.write(str(listener.getsockname()[1]))
    os.rename(sys.argv[1] + ".part", sys.argv[1])
    while True:
        client, _ = listener.accept()
        with client:
            serve(client)


main()
