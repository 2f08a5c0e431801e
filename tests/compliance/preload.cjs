/** In the real Node: gives port 8088 a free one, tells which, and sends all output one way. */
/* global require, process */
/* eslint-disable @typescript-eslint/no-require-imports -- an imported preload would change the order of the first turn */
const net = require('node:net');

/** Asked port to real one. */
const real = new Map();
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
  const [port] = args;
  const isFirst = typeof port === 'number' && port > 0 && port < 65_536 && !real.has(port);
  if (!isFirst) return listen.apply(this, args);
  real.set(port, undefined);
  args[0] = 0;
  this.once('listening', () => {
    real.set(port, this.address().port);
    process.send?.({ port, real: this.address().port });
    process.channel?.unref();
  });
  return listen.apply(this, args);
};
process.channel?.unref();
Object.defineProperty(process, 'stderr', { value: process.stdout });
