#!/usr/bin/env node
/**
 * The process: reads the environment, listens, closes in order. The only file that reads `process.env`.
 */
import { buildApp } from './app.ts';
import { readSettings, type Settings } from './settings.ts';

const settings = readSettings(process.env);
if (typeof settings === 'string') {
  console.error(settings);
  process.exit(1);
}
await serve(settings);

async function serve({ port, host, labPorts, labDomain }: Settings): Promise<void> {
  const loopback = host === 'localhost';
  const { server } = await buildApp({
    // main.js lies in dist/server/.
    dist: new URL('../', import.meta.url),
    sockets: {
      addresses: loopback ? ['127.0.0.1', '::1'] : [host],
      range: labPorts,
      exactPorts: loopback || host === '127.0.0.1' || host === '::1',
      reserved: new Set([port]),
      domain: labDomain,
    },
  });
  try {
    await server.listen({ port, host });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const advice =
      code === 'EADDRINUSE' ? `Port ${port} is in use. Choose another: PORT=3001 npm start` : message;
    console.error(advice);
    process.exit(1);
  }
  const address = server.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  console.log(
    `101 Switching Protocols: http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${listening}`,
  );

  let closing = false;
  const close = (): void => {
    // A second signal ends the process at once.
    if (closing) process.exit(1);
    closing = true;
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
}
