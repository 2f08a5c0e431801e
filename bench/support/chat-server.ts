/**
 * The process of one subject. Beside its own port it listens on one for orders, a byte each: `p` publishes; `h`
 * publishes when all are connected, so that nobody is left out while it asks anew. Over IPC: `memory`.
 */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { SUBJECTS, type SubjectName } from './chat-subjects.ts';

declare const gc: () => void;

const subject = await SUBJECTS[process.argv[2] as SubjectName]();
const receivers = Number(process.argv[3]);

function publishToAll(): void {
  if (subject.connected() < receivers) setImmediate(publishToAll);
  else subject.publish();
}

const orders = createServer({ noDelay: true }, (socket) => {
  socket.on('data', (bytes) => {
    for (const byte of bytes) {
      if (byte === 0x70) subject.publish();
      else publishToAll();
    }
  });
  socket.on('error', () => socket.destroy());
});

process.on('message', () => {
  // Twice: what a finaliser frees is freed by the second.
  gc();
  gc();
  process.send!({ bytes: process.memoryUsage.rss(), connected: subject.connected() });
});
process.on('disconnect', () => process.exit());

process.send!({ port: await listening(subject.http), orders: await listening(orders) });

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', 4_096, () => resolve((server.address() as AddressInfo).port));
  });
}
