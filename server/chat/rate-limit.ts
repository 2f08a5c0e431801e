/**
 * How often somebody may call. It is asked for each poll, so it answers at once: promises would cost more than the poll.
 */
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import { CodedError } from '../errors/index.ts';
import type { Clock } from './clock.ts';
import { RATE_WINDOW_MS } from './limits.ts';

/** Counts the calls of each caller in windows of time, the same for all callers. */
export class RateLimit {
  readonly max: number;
  readonly #clock: Clock;
  readonly #calls = new Map<string, number>();
  #windowEnds = 0;

  /** @param max calls of one caller in `RATE_WINDOW_MS`. */
  constructor(max: number, clock: Clock) {
    this.max = max;
    this.#clock = clock;
  }

  /** Counts one more call. @returns whether it is within the limit. */
  allows({ ip, headers }: FastifyRequest): boolean {
    const now = this.#clock.now();
    if (now >= this.#windowEnds) {
      // Nobody is remembered for longer: what is kept is bounded by the calls of one window.
      this.#calls.clear();
      this.#windowEnds = now + RATE_WINDOW_MS;
    }
    // A connection of a lab has no address of its own; then the lab's port stands for it.
    const caller = (ip as string | undefined) ?? headers.host ?? '';
    const calls = (this.#calls.get(caller) ?? 0) + 1;
    this.#calls.set(caller, calls);
    return calls <= this.max;
  }

  /** What is told to whoever called too often. */
  refusal(): CodedError {
    return new CodedError('RATE_LIMITED', { params: { limit: this.max } });
  }
}

/** Refuses calls beyond the limit (RFC 6585 §4): a hook of the routes it is for. */
export function limited(limit: RateLimit): onRequestHookHandler {
  return (request, reply, done) => {
    if (limit.allows(request)) return done();
    reply.header('retry-after', RATE_WINDOW_MS / 1_000);
    done(limit.refusal());
  };
}
