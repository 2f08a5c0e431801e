/**
 * TCP connections that the server opens to itself.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A listener on every address of a family is reached on loopback. */
const ON_ALL: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Connects to a port that listens on `address`. Rejects with Node's connect error. */
export async function connectTo(address: string, port: number): Promise<Socket> {
  const socket = connect({ host: ON_ALL[address] ?? address, port, allowHalfOpen: true, noDelay: true });
  // Until it is connected the rejection tells of an error; then it is whoever asked who listens.
  await once(socket, 'connect');
  return socket;
}

/** Both ends of a new connection over loopback, through no port of anybody's: one is given to `accept`. */
export async function connectPair(accept: (socket: Socket) => void): Promise<Socket> {
  const accepted: Socket[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
    accepted.push(socket);
  });
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const [ours] = await Promise.all([connectTo('127.0.0.1', port), once(server, 'connection')]);
    // Any program of this computer can connect meanwhile.
    const theirs = accepted.find(({ remotePort }) => remotePort === ours.localPort);
    for (const socket of accepted) if (socket !== theirs) socket.destroy();
    if (theirs === undefined) {
      ours.destroy();
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    }
    accept(theirs);
    theirs.resume();
    return ours;
  } finally {
    server.close();
  }
}
