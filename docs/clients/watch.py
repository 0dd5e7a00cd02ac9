#!/usr/bin/env python3
"""Shows what daimon plays, and turns what you name; Python 3.8 or later and nothing else.

    python3 watch.py [port=7333] [swing=62 knobs/density=0.5 "quantum=4 bars" ...] [over=8]
"""
import base64, json, os, re, socket, struct, sys


class Daimon:
    """The WebSocket: `send` a request, and iterate over what comes, dicts and (binary frames) bytes."""

    def __init__(self, port=7333):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.read = self.socket.makefile("rb").read
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                             f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.read(1) or sys.exit("No daimon answers there.")
        if b" 101 " not in head:
            sys.exit(head.decode())

    def send(self, request):
        self.frame(0x81, json.dumps(request).encode())

    def frame(self, first, data):
        mask, size = os.urandom(4), len(data)
        length = bytes([0x80 | size]) if size < 126 else struct.pack(">BH", 0xFE, size)
        self.socket.sendall(bytes([first]) + length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def __iter__(self):
        while (head := self.read(2)) and head[0] != 0x88:  # its goodbye
            size = head[1] if head[1] < 126 else int.from_bytes(self.read(2 if head[1] == 126 else 8), "big")
            data = self.read(size)
            if head[0] == 0x89:  # a ping: who does not answer is cut off
                self.frame(0x8A, data)
            else:
                yield json.loads(data) if head[0] == 0x81 else data


def main(words):
    value = lambda text: json.loads(text) if re.fullmatch(r"-?[\d.]+|\[.*\]", text) else text
    named = {path: value(text) for path, text in (word.split("=") for word in words)}
    daimon, over, shown = Daimon(named.pop("port", 7333)), named.pop("over", 0), ()
    daimon.send({"kind": "subscribe", "topics": ["state", "blocks", "notes", "notices"]})
    daimon.send({"kind": "set", "values": named, "over": over})
    for told in daimon:
        if told["kind"] == "note" and told["on"]:
            print(f"  channel {told['channel']}, pitch {told['pitch']}, velocity {told['velocity']}", flush=True)
        elif told["kind"] == "state" and shown != (shown := (told["position"]["bar"], told["position"]["beat"])):
            print(f"bar {shown[0]}, beat {shown[1]}, {told['tempo']} BPM", flush=True)
        elif told["kind"] in ("block", "notice", "error"):
            print({key: told[key] for key in told if key not in ("latent", "notes")}, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
