/** The program in a sandbox whose host has real sockets. */
import type { SandboxPool } from '../../server/sandbox/contract.ts';
import { isLabsOwn, startProgram, TestHost } from '../../server/sandbox/test-support.ts';
import { converseAll } from './client.ts';
import { filesOf, quiet } from './settle.ts';
import type { Outcome, Program } from './program.ts';

export async function runInLab(
  pool: SandboxPool,
  program: Program,
  /** How many lines Node printed: as many are waited for. */
  least: number,
): Promise<Outcome> {
  const host = new TestHost();
  const lines = (): string[] =>
    host
      .lines()
      .filter((line) => !isLabsOwn(line))
      .flatMap((line) => line.split('\n'));
  const started = await startProgram(pool, filesOf(program), host).catch(() => undefined);
  if (!program.send) {
    const end = await host.end;
    return { bytes: [], lines: lines(), exit: end.reason === 'exit' ? end.code : 1 };
  }
  if (!started) throw new Error(`The program did not start: ${JSON.stringify(await host.end)}`);
  const bytes = await converseAll(host.realPort(8088), program.send);
  await quiet(lines, least);
  started.sandbox.dispose();
  await host.end;
  return { bytes, lines: lines() };
}
