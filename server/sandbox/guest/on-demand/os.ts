/** `os`: a small, always equal machine; nothing of the real one. */
import { now } from '../bridge.ts';

const MEBIBYTE = 1024 * 1024;
/** What the engine gives a guest (`limits.ts`, memoryBytes). */
const TOTAL = 32 * MEBIBYTE;

const cpu = {
  model: 'lab',
  speed: 1000,
  times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 },
};
const loopback = {
  address: '127.0.0.1',
  netmask: '255.0.0.0',
  family: 'IPv4',
  mac: '00:00:00:00:00:00',
  internal: true,
  cidr: '127.0.0.1/8',
};

export const module = {
  EOL: '\n',
  devNull: '/dev/null',
  arch: (): string => 'x64',
  availableParallelism: (): number => 1,
  cpus: (): object[] => [{ ...cpu, times: { ...cpu.times } }],
  endianness: (): string => 'LE',
  freemem: (): number => TOTAL / 2,
  getPriority: (): number => 0,
  homedir: (): string => '/lab',
  hostname: (): string => 'lab',
  loadavg: (): number[] => [0, 0, 0],
  machine: (): string => 'x86_64',
  networkInterfaces: (): object => ({ lo: [{ ...loopback }] }),
  platform: (): string => 'linux',
  release: (): string => '6.0.0',
  setPriority: (): void => undefined,
  tmpdir: (): string => '/tmp',
  totalmem: (): number => TOTAL,
  type: (): string => 'Linux',
  uptime: (): number => now() / 1000,
  userInfo: (): object => ({ uid: 1000, gid: 1000, username: 'learner', homedir: '/lab', shell: null }),
  version: (): string => '#1',
  constants: {
    signals: { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGPIPE: 13, SIGTERM: 15 },
    errno: { EACCES: 13, EADDRINUSE: 98, ECONNREFUSED: 111, ECONNRESET: 104, ENOENT: 2, EPIPE: 32 },
  },
};
