/**
 * The process behind `load.ts`: gets a `Load`, answers with the seconds it took.
 *
 * Writes and counts bytes instead of using an HTTP client, which costs more than the server it measures.
 */
import { connect } from 'node:net';
import type { Load } from './load.ts';

process.once('message', async (load: Load) => {
  try {
    await drive(load, load.connections * 50);
    const started = performance.now();
    await drive(load, load.requests);
    process.send?.({ seconds: (performance.now() - started) / 1000 });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
  process.disconnect();
});

/** Every connection always has one request under way until `requests` were answered. */
async function drive({ url, connections }: Load, requests: number): Promise<void> {
  const each = Math.ceil(requests / connections);
  await Promise.all(Array.from({ length: connections }, () => exchange(new URL(url), each)));
}

/** `count` requests on one keep-alive connection. Every answer must be as long as the first, which must be a 200. */
function exchange({ hostname, port, host }: URL, count: number): Promise<void> {
  const request = `GET / HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let head = '';
    let answerBytes = 0;
    let received = 0;
    let left = count;
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () =>
      socket.write(request),
    );
    socket.on('error', reject);
    socket.on('close', () => (left > 0 ? reject(new Error(`${host} closed the connection`)) : resolve()));
    socket.on('data', (chunk) => {
      received += chunk.length;
      if (answerBytes === 0) {
        head += chunk.toString('latin1');
        const bodyAt = head.indexOf('\r\n\r\n') + 4;
        if (bodyAt < 4) return;
        if (!head.startsWith('HTTP/1.1 200 ')) return void socket.destroy(new Error(head));
        answerBytes = bodyAt + Number(/content-length: (\d+)/i.exec(head)?.[1]);
      }
      if (received < answerBytes) return;
      if (received > answerBytes) return void socket.destroy(new Error('The answers differ in length'));
      received = 0;
      left--;
      if (left > 0) socket.write(request);
      else socket.end();
    });
  });
}
