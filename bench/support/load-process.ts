/** The process behind `load.ts`: gets a `Load`, answers with the seconds it took. */
import { Agent, get } from 'node:http';
import type { Load } from './load.ts';

process.once('message', async (load: Load) => {
  try {
    const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
    await drive(agent, load, load.connections * 20);
    const started = performance.now();
    await drive(agent, load, load.requests);
    process.send?.({ seconds: (performance.now() - started) / 1000 });
    agent.destroy();
  } catch (error) {
    process.send?.({ error: String(error) });
  }
  process.disconnect();
});

/** Every connection always has one request under way until `requests` were answered. */
async function drive(agent: Agent, { url, connections }: Load, requests: number): Promise<void> {
  let left = requests;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) await request(agent, url);
    }),
  );
}

function request(agent: Agent, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.on('end', resolve).on('error', reject).resume();
    }).on('error', reject);
  });
}
