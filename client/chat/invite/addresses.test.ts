import { expect, it } from 'vitest';
import { addressesOf } from './addresses.ts';

const at = (origin: string) => new URL(origin) as unknown as Location;
const KNOWN = ['http://192.168.1.5:3000', 'http://10.0.0.7:3000'];

it('the address by which this browser came comes first, each once', () => {
  expect(addressesOf(at('http://10.0.0.7:3000'), KNOWN)).toEqual([
    'http://10.0.0.7:3000/chat',
    'http://192.168.1.5:3000/chat',
  ]);
  expect(addressesOf(at('https://learn.example.org'), [])).toEqual(['https://learn.example.org/chat']);
});

it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://app.localhost:3000'])(
  '%s leads nobody else here',
  (origin) => {
    expect(addressesOf(at(origin), KNOWN)).toEqual(KNOWN.map((each) => `${each}/chat`));
    expect(addressesOf(at(origin), [])).toEqual([]);
  },
);
