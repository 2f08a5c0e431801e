import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { CodedError } from '../errors/index.ts';
import { callerOf, checkAccess, hostnameOf } from './access.ts';

const request = (headers: Record<string, string>, url = '/api/labs'): FastifyRequest =>
  ({ url, headers: { host: 'localhost:3000', ...headers } }) as unknown as FastifyRequest;

function refusal(headers: Record<string, string>, url?: string, labDomain?: string): string | undefined {
  try {
    checkAccess(request(headers, url), labDomain);
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return undefined;
}

test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', '192.168.1.5:3000'])(
  'answers to Host %s',
  (host) => {
    expect(refusal({ host })).toBeUndefined();
  },
);

test.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '', 'a b', 'user@localhost'])(
  'refuses Host "%s", also for pages',
  (host) => {
    expect(refusal({ host })).toBe('HOST_REFUSED');
    expect(refusal({ host }, '/')).toBe('HOST_REFUSED');
  },
);

test('answers to the lab domain and its names when there is one', () => {
  expect(refusal({ host: 'labs.example.org' }, '/', 'labs.example.org')).toBeUndefined();
  expect(refusal({ host: 'xlabs.example.org' }, '/', 'labs.example.org')).toBe('HOST_REFUSED');
});

test('refuses API calls from another origin, a lab on another port included', () => {
  expect(refusal({ origin: 'http://localhost:3000' })).toBeUndefined();
  expect(refusal({ origin: 'http://localhost:8080' })).toBe('ORIGIN_REFUSED');
  expect(refusal({ origin: 'https://evil.example' })).toBe('ORIGIN_REFUSED');
  expect(refusal({ origin: 'null' })).toBe('ORIGIN_REFUSED');
});

test('refuses API calls that a browser marks as coming from elsewhere, even without Origin', () => {
  for (const site of ['same-site', 'cross-site'])
    expect(refusal({ 'sec-fetch-site': site })).toBe('ORIGIN_REFUSED');
  for (const site of ['same-origin', 'none']) expect(refusal({ 'sec-fetch-site': site })).toBeUndefined();
});

test('remembers how the browser reached the server', () => {
  expect(callerOf(request({ host: '[::1]:3000' }))).toEqual({
    hostname: '[::1]',
    appOrigin: 'http://[::1]:3000',
  });
  expect(callerOf(request({ origin: 'https://learn.example' }))).toMatchObject({
    appOrigin: 'https://learn.example',
  });
  expect(hostnameOf('Example.ORG:80')).toBe('example.org');
});
