// Prints docs/protocol.schema.json: `node docs/protocol-schema.mjs > docs/protocol.schema.json`, after a first `npm start`.
import { z } from 'zod';
import { messageSchema, PROTOCOL_VERSION, requestSchema } from '../dist/bridge/control/protocol.js';

/** A request's unknown key is refused; a client leaves aside those of a message, for there may be new ones. */
const opened = ({ jsonSchema }) => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
};
/** What it says is of our own code only. */
const plain = ({ jsonSchema }) => {
  delete jsonSchema.readOnly;
};

const requests = z.toJSONSchema(requestSchema, { io: 'input', override: plain });
const messages = z.toJSONSchema(messageSchema, {
  io: 'input',
  override: (context) => {
    plain(context);
    opened(context);
  },
});
const { $schema, $defs: requestDefs, ...request } = requests;
const { $schema: _, $defs: messageDefs, ...message } = messages;

const definitions = {
  request: { description: 'From a client to daimon: each is answered by one ok or error.', ...request },
  message: { description: 'From daimon to a client.', ...message },
  ...requestDefs,
  ...messageDefs,
};
// a line for each kind, so that a change of one is a change of its line
const lines = Object.entries(definitions).map(([name, one]) => `    ${JSON.stringify(name)}: ${JSON.stringify(one)}`);
process.stdout.write(`{
  "$schema": "${$schema}",
  "title": "daimon's control protocol, version ${PROTOCOL_VERSION}",
  "description": "Every JSON text frame of the WebSocket. docs/protocol.md says what each does, and shows the binary frames.",
  "anyOf": [{ "$ref": "#/$defs/request" }, { "$ref": "#/$defs/message" }],
  "$defs": {
${lines.join(',\n')}
  }
}
`);
