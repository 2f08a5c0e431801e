import { PassThrough } from 'node:stream';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PortHandlers, Sockets } from '../sockets/index.ts';
import { LabPorts } from './lab-ports.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Ports that open at once, or when `until` says, with the handlers of each by its number. */
function portsOf(until: (wanted: number) => Promise<void> = () => Promise.resolve()) {
  const open = new Map<number, PortHandlers>();
  let opened = 0;
  const sockets = {
    open: async (_lab: string, wanted: number, handlers: PortHandlers) => {
      await until(wanted);
      opened += 1;
      const virtual = wanted || 20_000 + opened;
      open.set(virtual, handlers);
      return {
        virtual,
        origin: () => `http://a:${virtual}`,
        connect: () => Promise.reject(new Error('Nobody connects by hand.')),
        close: () => void open.delete(virtual),
      };
    },
    route: () => undefined,
  } as Sockets;
  const ports = new LabPorts({
    lab: 'a',
    sockets,
    accept: (socket) => socket,
    onPlatform: () => undefined,
  });
  const connect = (port: number): PassThrough => {
    const socket = new PassThrough();
    open.get(port)!.onLearner(socket as unknown as Socket, { bytes: Buffer.alloc(0), at: 0 });
    return socket;
  };
  return { ports, open, connect, count: () => opened };
}

test('keeps a real port over a restart and hands what came meanwhile to the new listener', async () => {
  const { ports, open, connect, count } = portsOf();
  const first = await ports.listen(8080, () => expect.fail('The old sandbox is gone.'));
  ports.keep();
  first.close();
  const socket = connect(8080);
  const delivered: unknown[] = [];
  const second = await ports.listen(8080, (next) => delivered.push(next));
  expect(delivered).toEqual([socket]);
  expect([first.isNew, second.isNew, count(), second.port]).toEqual([true, false, 1, first.port]);
  ports.closeUnservedAfter(5_000);
  vi.advanceTimersByTime(5_000);
  expect([...open.keys()]).toEqual([8080]);
  ports.close();
  expect(open.size).toBe(0);
});

test('closes what the new sandbox does not open again, and the connections that waited for it', async () => {
  const { ports, open, connect } = portsOf();
  await ports.listen(8080, () => undefined);
  ports.keep();
  const socket = connect(8080);
  ports.closeUnservedAfter(5_000);
  vi.advanceTimersByTime(4_999);
  expect([open.size, socket.destroyed]).toEqual([1, false]);
  vi.advanceTimersByTime(1);
  expect([open.size, socket.destroyed]).toEqual([0, true]);
});

test('keeps a real port however long a sandbox takes to begin again, also when it is lost once more', async () => {
  const { ports, open } = portsOf();
  await ports.listen(8080, () => undefined);
  ports.keep();
  vi.advanceTimersByTime(60_000);
  ports.closeUnservedAfter(5_000);
  vi.advanceTimersByTime(4_999);
  ports.keep();
  vi.advanceTimersByTime(60_000);
  expect([...open.keys()]).toEqual([8080]);
  ports.close();
});

test('refuses a port that is open or being opened', async () => {
  const { ports } = portsOf();
  const opening = ports.listen(8080, () => undefined);
  await expect(ports.listen(8080, () => undefined)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await opening;
  await expect(ports.listen(8080, () => undefined)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  ports.close();
});

test('has ports in the order in which they were asked for, whichever opens first', async () => {
  let release = (): void => undefined;
  const { ports } = portsOf((wanted) =>
    wanted === 8080 ? new Promise((resolve) => (release = resolve)) : Promise.resolve(),
  );
  const told: number[] = [];
  const tell = ({ port }: { port: { virtual: number } }): unknown => told.push(port.virtual);
  const both = [8080, 8081].map((port) => ports.listen(port, () => undefined).then(tell));
  await new Promise(setImmediate);
  expect(told).toEqual([]);
  release();
  await Promise.all(both);
  expect([told, ports.open.map(({ virtual }) => virtual)]).toEqual([
    [8080, 8081],
    [8080, 8081],
  ]);
});

test('does not wait for a port that could not be opened', async () => {
  const { ports } = portsOf(() => Promise.reject(new Error('taken')));
  await expect(ports.listen(8080, () => undefined)).rejects.toThrow('taken');
  await expect(ports.listen(8081, () => undefined)).rejects.toThrow('taken');
});
