/** Honest labs that share the threads with the hostile ones. */
import type { Sandbox, SandboxPool } from '../../server/sandbox/contract.ts';
import { exchange, startProgram, type TestHost } from '../../server/sandbox/test-support.ts';
import { expect, vi } from 'vitest';
import { GET, handler } from './attack.ts';

export class Neighbours {
  readonly #labs: { host: TestHost; sandbox: Sandbox }[];

  private constructor(labs: { host: TestHost; sandbox: Sandbox }[]) {
    this.#labs = labs;
  }

  static async start(pool: SandboxPool, count: number): Promise<Neighbours> {
    const labs = Array.from({ length: count }, () => startProgram(pool, handler('res.end("neighbour")')));
    return new Neighbours(await Promise.all(labs));
  }

  /** Every one answers; one whose thread was lost has a second to begin again. */
  async allAnswer(): Promise<void> {
    const answers = async (host: TestHost): Promise<void> =>
      vi.waitFor(
        async () => expect(await exchange(host.realPort(), GET).catch(String)).toMatch(/neighbour$/),
        { interval: 20, timeout: 10_000 },
      );
    await Promise.all(this.#labs.map(({ host }) => answers(host)));
    expect(this.#labs.filter(({ host }) => host.ends > 0)).toEqual([]);
  }

  async close(): Promise<void> {
    for (const { sandbox } of this.#labs) sandbox.dispose();
    await Promise.all(this.#labs.map(({ host }) => host.end));
  }
}
