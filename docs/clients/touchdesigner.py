"""Callbacks of a WebSocket DAT in TouchDesigner: Network Address 127.0.0.1, Network Port 7333.

Beside it make two Table DATs: `daimon`, which has names and values (bar, beat, tempo, seed ...), and `channels`, of the 16
MIDI channels how many notes sound and how loud, 30 times a second: a DAT to CHOP makes both drive anything. To turn:

    op('callbacks').module.turn(op('websocket1'), 'knobs/density', 0.8, over=4)
"""
import json
import struct

EVERY_MS = 33
CLOCKS = ["stopped", "armed", "running", "lost"]
known = {}


def ask(dat, kind, **keys):
    dat.sendText(json.dumps({"kind": kind, **keys}))


def turn(dat, path, value, over=0):
    ask(dat, "set", values={path: value}, over=over)


def show(name, rows):
    table = op(name)
    table.clear()
    for row in rows:
        table.appendRow(row)


def onConnect(dat):
    ask(dat, "subscribe", topics=["blocks", "values", "meters"], every=EVERY_MS)


def onReceiveText(dat, rowIndex, message):
    told = json.loads(message)
    if told["kind"] == "block":
        known.update({key: told[key] for key in ("preset", "model", "seed", "number")})
    elif told["kind"] in ("values", "hello"):
        known.update(told["values"])
    elif told["kind"] == "error":
        print("daimon:", told["message"])


def onReceiveBinary(dat, contents):
    if contents[0] != 2 or contents[1] != 1:  # not meters, or of a version to come
        return
    _, _, clock, _, position, tempo, _ = struct.unpack_from("<BBBBIHH", contents)
    beats = position // 480
    known.update(clock=CLOCKS[clock], bar=beats // 4 + 1, beat=beats % 4 + 1, tempo=tempo / 100)
    show("daimon", known.items())
    show("channels", [["sounding", "level"], *zip(contents[12:28], contents[28:44])])


def onReceivePing(dat, contents):
    dat.sendPong(contents)  # who does not answer is cut off
