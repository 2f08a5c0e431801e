import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerChecks, requestChecks } from '../../client/dissect/index.ts';
import { EXPERIMENT_IDS, experimentLines, type ExperimentId } from '../../client/workbench/experiments.ts';
import { demandOf, verdictOf, type Verdict } from '../../client/workbench/judgement.ts';
import { bytesOf } from '../../client/workbench/lines.ts';
import { readHandshake } from '../../client/workbench/read.ts';
import { lesson } from '../../lessons/websocket/lesson.ts';
import type { ExchangeView } from '../../server/labs/protocol.ts';
import { createLab } from '../support/lab.ts';
import { filesOf } from '../support/lesson-run.ts';
import { type App, startApp } from '../support/server.ts';

let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const CHECKS_FIRST = lesson.steps
  .flatMap(({ patches = [] }) => patches)
  .find(({ id }) => id === 'checks-first')!;

/** Sends the request of an experiment to a lab of its own. Returns the status and the verdict. */
async function outcomeOf(id: ExperimentId, files: Record<string, string>): Promise<[number, Verdict]> {
  const lab = await createLab(app.url, { files });
  const { host: authority, origin } = new URL(lab.origin);
  const sent = bytesOf(experimentLines(id, { authority, origin }), { authority, origin });
  const response = await lab.call('POST', '/exchange', {
    port: 8080,
    base64: Buffer.from(sent).toString('base64'),
  });
  expect(response.status).toBe(200);
  const { base64 } = (await response.json()) as ExchangeView;
  await lab.call('DELETE', '');
  const { request, answer } = readHandshake(sent, Buffer.from(base64, 'base64'));
  const demand = demandOf(requestChecks(request, { authority, origins: [origin] }));
  const status = answer && 'status' in answer.startLine ? answer.startLine.status : 0;
  return [status, verdictOf(demand, answer, answerChecks(answer, request))];
}

describe.each([
  [
    'by hand, without a check',
    filesOf(lesson, undefined),
    {
      'version-12': [101, 'lenient'],
      'version-8': [101, 'lenient'],
      'no-key': [0, 'no-answer'],
      'short-key': [101, 'lenient'],
      post: [101, 'lenient'],
      'http-1-0': [101, 'lenient'],
      'no-upgrade': [101, 'lenient'],
      'keep-alive': [101, 'agrees'],
      'lower-case': [101, 'agrees'],
      'foreign-origin': [101, 'agrees'],
      'wrong-host': [101, 'lenient'],
      subprotocol: [101, 'agrees'],
      deflate: [101, 'agrees'],
      'line-feed': [101, 'lenient'],
      'no-end': [0, 'agrees'],
    },
  ],
  [
    'by hand, with the checks that the lesson offers',
    filesOf(lesson, undefined, [CHECKS_FIRST]),
    {
      'version-12': [426, 'agrees'],
      'version-8': [426, 'agrees'],
      'no-key': [400, 'agrees'],
      'short-key': [400, 'agrees'],
      post: [400, 'agrees'],
      'http-1-0': [400, 'agrees'],
      'no-upgrade': [400, 'agrees'],
      'keep-alive': [101, 'agrees'],
      'lower-case': [101, 'agrees'],
      'foreign-origin': [101, 'agrees'],
      'wrong-host': [101, 'lenient'],
      subprotocol: [101, 'agrees'],
      deflate: [101, 'agrees'],
      'line-feed': [101, 'lenient'],
      'no-end': [0, 'agrees'],
    },
  ],
  [
    'of ws',
    filesOf(lesson, 'ws'),
    {
      'version-12': [400, 'other-status'],
      'version-8': [101, 'lenient'],
      'no-key': [400, 'agrees'],
      'short-key': [400, 'agrees'],
      post: [405, 'other-status'],
      'http-1-0': [101, 'lenient'],
      'no-upgrade': [426, 'other-status'],
      'keep-alive': [101, 'agrees'],
      'lower-case': [101, 'agrees'],
      'foreign-origin': [101, 'agrees'],
      'wrong-host': [101, 'lenient'],
      subprotocol: [101, 'agrees'],
      deflate: [101, 'agrees'],
      'line-feed': [400, 'agrees'],
      'no-end': [0, 'agrees'],
    },
  ],
] satisfies [string, Record<string, string>, Record<ExperimentId, [number, Verdict]>][])(
  'the server %s',
  (_name, files, expected) => {
    it.each(EXPERIMENT_IDS)('is what the lesson says of it: %s', async (id) => {
      expect(await outcomeOf(id, files)).toEqual(expected[id]);
    });
  },
);
