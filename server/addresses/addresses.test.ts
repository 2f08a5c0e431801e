import { describe, expect, it } from 'vitest';
import { asHost, externalAddresses, type Interfaces } from './addresses.ts';

const info = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as const;
const INTERFACES = {
  lo: [info('127.0.0.1', true), info('::1', true)],
  docker0: [info('172.17.0.1')],
  wlan0: [info('fe80::1'), info('fd00::17'), info('192.168.1.5')],
  eth0: [info('10.0.0.7')],
} as unknown as Interfaces;

describe('addresses for others', () => {
  it('are all of the machine’s but loopback when it listens on all, those of containers last', () => {
    expect(externalAddresses(['0.0.0.0'], INTERFACES)).toEqual(['192.168.1.5', '10.0.0.7', '172.17.0.1']);
  });

  it('have IPv6 behind IPv4 when it listens on both, and never what is known on one link only', () => {
    expect(externalAddresses(['::'], INTERFACES)).toEqual([
      ...['192.168.1.5', '10.0.0.7', 'fd00::17', '172.17.0.1'],
    ]);
  });

  it('are none when it listens on loopback, and the one that it listens on otherwise', () => {
    expect(externalAddresses(['127.0.0.1', '::1'], INTERFACES)).toEqual([]);
    expect(externalAddresses(['10.0.0.7'], INTERFACES)).toEqual(['10.0.0.7']);
  });

  it('stand in brackets in a URL when they are IPv6', () => {
    expect(['10.0.0.7', 'fd00::17'].map(asHost)).toEqual(['10.0.0.7', '[fd00::17]']);
  });
});
