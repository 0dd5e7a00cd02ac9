/** What exists only inside Max, as far as the client uses it: outlets are lines of JSON, and so is what comes in. */
export const MAX_API = `
const handlers = new Map();
exports.outlet = (...values) => console.log(JSON.stringify(values));
exports.post = (text) => console.log(JSON.stringify(['post', text]));
exports.addHandler = (name, handler) => handlers.set(name, handler);
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [name, ...values] = JSON.parse(line);
  handlers.get(name)(...values);
});
`;

/** A WebSocket DAT with its callbacks, and two Table DATs, printed as they change. */
export const TOUCHDESIGNER = `
import builtins, json, sys
sys.path.insert(0, sys.argv[1])
from watch import Daimon

class Table:
    def __init__(self):
        self.rows = []
    def clear(self):
        self.rows.clear()
    def appendRow(self, row):
        self.rows.append(list(row))

class WebSocketDAT:
    def __init__(self, daimon):
        self.daimon = daimon
    def sendText(self, text):
        self.daimon.send(json.loads(text))

tables = {"daimon": Table(), "channels": Table()}
builtins.op = tables.__getitem__
import touchdesigner as callbacks

daimon = Daimon(int(sys.argv[2]))
dat = WebSocketDAT(daimon)
callbacks.onConnect(dat)
callbacks.turn(dat, "swing", 55)
for told in daimon:
    if isinstance(told, dict):
        callbacks.onReceiveText(dat, 0, json.dumps(told))
        continue
    callbacks.onReceiveBinary(dat, told)
    print("daimon", tables["daimon"].rows)
    rows = tables["channels"].rows
    print("channels", len(rows), "rows,", sum(row[0] for row in rows[1:]), "sound")
`;
