/** Three WebSocket clients that read all that a daemon says, until they are ended: node ws-clients.js URL */
import { once } from 'node:events';
import { WebSocket } from 'ws';

const CLIENTS = 3;

const sockets = Array.from({ length: CLIENTS }, () => new WebSocket(process.argv[2]!));
for (const socket of sockets) socket.on('message', (data) => JSON.parse(String(data)));
await Promise.all(sockets.map((socket) => once(socket, 'open')));
console.log('connected');
