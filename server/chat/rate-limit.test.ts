import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { answerError } from '../errors/index.ts';
import { RATE_WINDOW_MS } from './limits.ts';
import { limited, RateLimit } from './rate-limit.ts';
import { handClock } from './test-support.ts';

async function furnished(max: number) {
  const clock = handClock();
  const app = fastify();
  app.setErrorHandler(answerError);
  app.get('/', { onRequest: limited(new RateLimit(max, clock)) }, async () => 'fine');
  await app.ready();
  const call = (remoteAddress: string) => app.inject({ url: '/', remoteAddress });
  return { clock, call };
}

describe('a rate limit', () => {
  it('refuses the call beyond it, and says when to come again', async () => {
    const { call } = await furnished(2);
    expect((await call('10.0.0.1')).statusCode).toBe(200);
    expect((await call('10.0.0.1')).statusCode).toBe(200);
    const refused = await call('10.0.0.1');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.json()).toMatchObject({ code: 'RATE_LIMITED', params: { limit: 2 } });
  });

  it('counts each address by itself', async () => {
    const { call } = await furnished(1);
    await call('10.0.0.1');
    expect((await call('10.0.0.2')).statusCode).toBe(200);
    expect((await call('10.0.0.1')).statusCode).toBe(429);
  });

  it('lets the same address in again when the window is over', async () => {
    const { call, clock } = await furnished(1);
    await call('10.0.0.1');
    expect((await call('10.0.0.1')).statusCode).toBe(429);
    clock.advance(RATE_WINDOW_MS);
    expect((await call('10.0.0.1')).statusCode).toBe(200);
  });
});
