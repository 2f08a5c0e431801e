/** The lab API as a program uses it: what `client/lab` does, without a browser. */
import { WebSocket } from 'ws';
import type { CreatedLabView, CreateLabBody } from '../../server/labs/protocol.ts';
import type { ServerMessage, TelemetryEvent } from '../../server/telemetry/protocol.ts';

export interface TestLab extends CreatedLabView {
  /** Calls `/api/labs/:id<path>` with the lab's token. */
  call(method: string, path: string, body?: unknown): Promise<Response>;
  /** Origin of the first open port. */
  origin: string;
}

export async function createLab(appUrl: string, body: CreateLabBody): Promise<TestLab> {
  const response = await fetch(`${appUrl}/api/labs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`No lab: ${response.status} ${await response.text()}`);
  const view = (await response.json()) as CreatedLabView;
  return {
    ...view,
    origin: view.ports[0]?.url ?? '',
    call: (method, path, content) =>
      fetch(`${appUrl}/api/labs/${view.id}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${view.token}`,
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: content === undefined ? null : JSON.stringify(content),
      }),
  };
}

export interface Wire {
  /** Every event so far, in order. */
  events: TelemetryEvent[];
  close(): void;
}

/** Listens to a lab's telemetry from its start. */
export async function openWire(appUrl: string, lab: { id: string; token: string }): Promise<Wire> {
  const socket = new WebSocket(`${appUrl.replace('http', 'ws')}/api/labs/${lab.id}/wire?token=${lab.token}`);
  const events: TelemetryEvent[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.type === 'events') events.push(...message.events);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { events, close: () => socket.close() };
}
