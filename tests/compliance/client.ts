/** Sends a program's raw bytes and collects what comes back. */
import { connect } from 'node:net';
import type { Step } from './program.ts';

/** Runs one connection's steps; resolves with all bytes when it is over. */
function converse(port: number, steps: Step[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    let next = 0;
    const go = (): void => {
      for (; next < steps.length; next++) {
        const step = steps[next]!;
        if (typeof step === 'string') socket.write(Buffer.from(step, 'latin1'));
        else if ('half' in step) socket.end();
        else if ('reset' in step) socket.destroy();
        else if (!heard.includes(step.until)) return;
      }
    };
    socket.setNoDelay();
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      go();
    });
    // A reset tells no more than the close that follows.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(masked(heard)));
    go();
  });
}

export async function converseAll(port: number, send: Step[] | Step[][]): Promise<string[]> {
  const connections = Array.isArray(send[0]) ? (send as Step[][]) : [send as Step[]];
  const all: string[] = [];
  for (const steps of connections) all.push(await converse(port, steps));
  return all;
}

function masked(bytes: string): string {
  return bytes.replace(/Date: [^\r]+/g, 'Date: then');
}
