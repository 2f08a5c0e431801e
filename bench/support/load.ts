/** A load generator in a process of its own: keep-alive connections, a bounded count of requests. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Load {
  url: string;
  connections: number;
  requests: number;
}

/** Resolves to requests per second. */
export async function requestsPerSecond(load: Load): Promise<number> {
  const generator = fork(fileURLToPath(new URL('./load-process.js', import.meta.url)));
  generator.send(load);
  const [answer] = (await once(generator, 'message')) as [{ seconds: number } | { error: string }];
  await once(generator, 'exit');
  if ('error' in answer) throw new Error(answer.error);
  return load.requests / answer.seconds;
}
