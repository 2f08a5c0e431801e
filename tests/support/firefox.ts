/** Firefox, spoken to by WebDriver BiDi: JSON over a WebSocket that Firefox itself offers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { findFirefox } from '../../.ci/firefox.mjs';

/** Keeps the browser from traffic of its own. */
const QUIET: Record<string, boolean | number | string> = {
  'app.update.disabledForTesting': true,
  'browser.newtabpage.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.prefetch-next': false,
  'network.proxy.type': 0,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

interface BidiMessage {
  id?: number;
  type: 'success' | 'error' | 'event';
  result?: Record<string, unknown>;
  error?: string;
  message?: string;
  method?: string;
  params?: unknown;
}

export interface Firefox {
  /** Sends a command (WebDriver BiDi §3.3) and resolves to its result. */
  call(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Calls `heard` with the parameters of every event of this name; returns what ends it. */
  on<Params>(event: string, heard: (params: Params) => void): () => void;
  close(): Promise<void>;
}

/** Starts Firefox with a fresh profile and a session that hears these events. */
export async function launchFirefox(events: readonly string[]): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'switching-protocols-firefox-'));
  const lines = Object.entries(QUIET).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', profile];
  const child = spawn(await findFirefox(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line);
      if (found) resolve(found[1]!);
    });
    child.on('exit', () => reject(new Error('Firefox ended before it listened.')));
  });
  const socket = new WebSocket(`${address}/session`);
  await once(socket, 'open');

  const pending = new Map<number, (message: BidiMessage) => void>();
  const listeners = new Map<string, Set<(params: never) => void>>();
  let calls = 0;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as BidiMessage;
    if (message.type === 'event') {
      for (const heard of listeners.get(message.method!) ?? []) heard(message.params as never);
    } else pending.get(message.id!)?.(message);
  });

  const firefox: Firefox = {
    call(method, params = {}) {
      const id = ++calls;
      socket.send(JSON.stringify({ id, method, params }));
      return new Promise((resolve, reject) => {
        pending.set(id, ({ type, result = {}, error, message }) => {
          pending.delete(id);
          if (type === 'success') resolve(result);
          else reject(new Error(`${method}: ${error}, ${message}`));
        });
      });
    },
    on(event, heard) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(heard));
      return () => void all.delete(heard);
    },
    async close() {
      child.kill();
      await exited;
      socket.terminate();
      await rm(profile, { recursive: true, force: true });
    },
  };
  await firefox.call('session.new', { capabilities: {} });
  await firefox.call('session.subscribe', { events });
  return firefox;
}
