/** Twenty races beside the formulas. */
import { describe, expect, it } from 'vitest';
import { longPollingDelay, pollingDelay, streamingDelay } from '../../client/race/model/formulas.ts';
import { delaysOf, type RaceResult } from '../../client/race/model/result.ts';
import { mean, standardError } from '../../client/race/model/statistics.ts';
import { openRace, race, trackOf } from '../support/race.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

/**
 * The formulas (`client/race/model/formulas.ts`) leave out what server, page and machine need. How much that is here and
 * now, the WebSockets of the same races tell: their delay less the latency is the `noise` of one way, and is put into
 * the formulas as if the way were so much longer. Then they agree within three standard errors of the twenty runs, the
 * grain of a browser's timers, and once more the noise, since a request's way up need not cost what a message's down
 * does. On a quiet machine that is a few ms; on a loaded one the bound grows with what was measured.
 */
describe('twenty races', () => {
  const RUNS = 20;
  const PAGES = 2;
  const GRAIN_MS = 4;
  const [latencyMs, pollIntervalMs, messages, spanMs] = [40, 160, 20, 1_600];

  it('agree with the formulas within three standard errors, the grain of timers, and the noise of the machine', async () => {
    const runs: RaceResult[] = [];
    await Promise.all(
      Array.from({ length: PAGES }, async (_, first) => {
        const { page } = await openRace(site, {
          ...{ latencyMs, pollIntervalMs, messages, spanMs, schedule: 'random', seed: first + 1 },
          techniques: ['polling', 'long-polling', 'sse', 'websocket'],
        });
        for (let run = first; run < RUNS; run += PAGES) {
          await page.getByRole('button', { name: 'More', exact: true }).click();
          await page.getByRole('spinbutton', { name: 'Seed' }).fill(String(run + 1));
          await page.keyboard.press('Escape');
          runs.push(await race(page));
        }
      }),
    );
    expect(new Set(runs.map(({ settings }) => settings.seed)).size).toBe(RUNS);

    const means = (technique: string) =>
      runs.map((result) => mean(delaysOf(trackOf(result, technique), result.messages)));
    const noise = mean(means('websocket')) - latencyMs;
    expect(noise).toBeGreaterThan(-1);
    const rate = messages / (0.9 * spanMs);
    const formulas = {
      polling: pollingDelay(latencyMs + noise, pollIntervalMs).mean,
      'long-polling': longPollingDelay(latencyMs + noise, rate).mean,
      sse: streamingDelay(latencyMs + noise).mean,
    };
    for (const [technique, formula] of Object.entries(formulas)) {
      const measured = means(technique);
      const bound = 3 * standardError(measured) + GRAIN_MS + Math.abs(noise);
      const said = `${technique}: ${mean(measured).toFixed(1)} ms, formula ${formula.toFixed(1)} ms, bound ±${bound.toFixed(1)} ms, noise ${noise.toFixed(1)} ms`;
      console.log(said);
      expect(Math.abs(mean(measured) - formula), said).toBeLessThan(bound);
    }
  }, 300_000);
});
