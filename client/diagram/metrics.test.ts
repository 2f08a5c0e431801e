import { describe, expect, it } from 'vitest';
import { messageList, totalsOf } from '../capture/index.ts';
import { EMPTY_RUN } from './empty-run.ts';
import { pollingRun } from './fixtures/polling-run.ts';
import { metricsOf } from './metrics.ts';

describe('metrics', () => {
  it('count requests, connections and bytes of what was recorded', () => {
    const metrics = metricsOf(pollingRun({ polls: 3, end: 2_900 }));
    expect(metrics).toMatchObject({
      requests: 3,
      open: 2,
      bytesUp: 1_200,
      bytesDown: 3 * 150 + 2 * 24,
      data: 48,
    });
    expect(metrics.overhead).toBeCloseTo(1 - 48 / (1_200 + 498));
  });

  it('count deliveries from being made on the server to being handled in the page', () => {
    const metrics = metricsOf(pollingRun({ end: 5_900 }));
    expect(metrics).toMatchObject({ delivered: 4, deliverable: 5 });
    // 1 313 − 700, 2 313 − 1 900, 3 313 − 3 100, 4 313 − 3 500
    expect(metrics.medianDelay).toBeCloseTo((413 + 613) / 2);
  });

  it('count answers to the page where the code names no deliveries', () => {
    const run = { ...pollingRun({ polls: 2, end: 1_200 }), deliveries: [] };
    expect(metricsOf(run)).toMatchObject({ delivered: 1, deliverable: 2 });
    expect(metricsOf(run).medianDelay).toBeCloseTo(151);
  });

  it('leave out answers that no page asked for', () => {
    const run = pollingRun({ polls: 2 });
    const messages = [...run.messages].map((each) => ({ ...each, call: null, handled: null }));
    const foreign = { ...run, deliveries: [], messages: messageList(messages), totals: totalsOf(messages) };
    expect(metricsOf(foreign)).toMatchObject({
      requests: 2,
      delivered: 0,
      deliverable: 0,
      medianDelay: null,
    });
  });

  it('say nothing about bytes before there are any', () => {
    expect(metricsOf(EMPTY_RUN)).toMatchObject({ overhead: null, medianDelay: null, deliverable: 0 });
  });
});
