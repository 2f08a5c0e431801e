import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('listens on loopback unless HOST says otherwise', () => {
  expect(readSettings({})).toEqual({
    port: 3000,
    host: 'localhost',
    labPorts: { from: 20000, to: 20999 },
    labDomain: undefined,
  });
  expect(readSettings({ HOST: '0.0.0.0' })).toMatchObject({ host: '0.0.0.0' });
});

test('gives labs names under a domain on the port of the app, or of the proxy in front', () => {
  expect(readSettings({ LAB_DOMAIN: 'labs.example.org' })).toMatchObject({
    labDomain: { name: 'labs.example.org', scheme: 'http', portSuffix: ':3000' },
  });
  expect(readSettings({ LAB_DOMAIN: 'https://labs.example.org' })).toMatchObject({
    labDomain: { name: 'labs.example.org', scheme: 'https', portSuffix: '' },
  });
});

test.each([
  { PORT: 'x' },
  { PORT: '70000' },
  { LAB_PORTS: '20000' },
  { LAB_PORTS: '80-90' },
  { LAB_DOMAIN: 'a/b' },
])('refuses %o in one plain line that names the variable', (env) => {
  const message = readSettings(env);
  expect(message).toMatch(new RegExp(`^${Object.keys(env)[0]} must be `));
});
