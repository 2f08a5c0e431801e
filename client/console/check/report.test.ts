import { expect, it } from 'vitest';
import { reportText } from './report.ts';

it('writes one line per link, and below it what was found', () => {
  const text = reportText(
    [
      { id: 'api', status: 'ok', ms: 3.4, finding: { ok: true } },
      {
        id: 'websocket',
        status: 'failed',
        ms: 20,
        finding: { ok: false, reason: 'closed', detail: 'close code 1006' },
      },
      { id: 'page', status: 'skipped' },
    ],
    {
      title: 'Self-check',
      time: '2026-11-23T09:00:00.000Z',
      origin: 'http://localhost:3000',
      browser: 'Test/1',
      name: ({ id }) => id,
      status: ({ status }) => status,
      words: ({ status }) => (status === 'failed' ? 'A proxy blocks WebSocket.' : ''),
    },
  );
  expect(text).toBe(
    `Self-check
2026-11-23T09:00:00.000Z
http://localhost:3000
Test/1

1. api: ok, 3 ms
2. websocket: failed, 20 ms
   A proxy blocks WebSocket.
   (close code 1006)
3. page: skipped
`,
  );
});
