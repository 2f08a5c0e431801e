import { create } from 'zustand';
import type { ReportedError } from '#protocol/errors';
import type { ExchangeView } from '#protocol/labs';
import { answerChecks, requestChecks, type AnswerRule, type HandshakeCheck } from '../dissect/index.ts';
import type { HttpMessageRecord } from '../dissect/records.ts';
import { until, useLab, type LabSnapshot } from '../lab/index.ts';
import { demandOf, verdictOf, type Demand, type Verdict } from './judgement.ts';
import { bytesOf, type Line } from './lines.ts';
import { readHandshake } from './read.ts';
import { addresseeOf, targetOf } from './target.ts';

/** A request that was sent, and what became of it. */
export interface Sent {
  bytes: Uint8Array;
  view: ExchangeView;
  answer: HttpMessageRecord | null;
  /** What came back as text, one character a byte. */
  text: string;
  demand: Demand;
  verdict: Verdict;
  checks: HandshakeCheck<AnswerRule>[];
}

/** `not-listening`: the code opened no port. `too-long`: more than is taken at once. Null: the server cannot be reached. */
export type Problem = ReportedError | 'not-listening' | 'too-long' | null;

interface SendState {
  phase: 'idle' | 'starting' | 'sending';
  sent: Sent | null;
  /** Why nothing was sent; undefined when nothing went wrong. */
  problem: Problem | undefined;
  /** Sends the lines, after a run when there is none. */
  send(lines: readonly Line[], run: () => void): Promise<void>;
  forget(): void;
}

/** The server takes no more at once: 16 KiB. */
const MOST_BYTES = 16 * 1024;

/** A program has this long to open its port, ms: a first turn may take some of it. */
const LISTENS_WITHIN_MS = 10_000;

export const useSend = create<SendState>()((set, get) => {
  let asked = 0;
  return {
    phase: 'idle',
    sent: null,
    problem: undefined,
    async send(lines, run) {
      if (get().phase !== 'idle') return;
      const mine = ++asked;
      if (!isListening()) {
        set({ phase: 'starting', problem: undefined });
        run();
        const problem = await listening();
        if (mine !== asked) return;
        if (problem !== undefined) return set({ phase: 'idle', problem, sent: null });
      }
      set({ phase: 'sending', problem: undefined });
      const { run: present, exchange } = useLab.getState();
      const bytes = bytesOf(lines, targetOf(useLab.getState()));
      if (bytes.length > MOST_BYTES) return set({ phase: 'idle', problem: 'too-long', sent: null });
      const view = await exchange(present!.ports[0]!.port, bytes);
      if (mine !== asked) return;
      if ('problem' in view) set({ phase: 'idle', problem: view.problem, sent: null });
      else set({ phase: 'idle', sent: judged(bytes, view) });
    },
    forget() {
      asked++;
      set({ phase: 'idle', sent: null, problem: undefined });
    },
  };
});

function judged(bytes: Uint8Array, view: ExchangeView): Sent {
  const text = atob(view.base64);
  const received = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const { request, answer } = readHandshake(bytes, received);
  const demand = demandOf(requestChecks(request, addresseeOf(useLab.getState())));
  const checks = answerChecks(answer, request);
  return { bytes, view, answer, text, demand, verdict: verdictOf(demand, answer, checks), checks };
}

/** Whether the present code runs, and has a port. */
export function isListening({ phase, stale, run }: LabSnapshot = useLab.getState()): boolean {
  return phase === 'running' && !stale && run !== null && run.ports.length > 0;
}

/** Resolves when the run that was just asked for has a port: undefined; or with why it will not. */
async function listening(): Promise<Problem | undefined> {
  // What is told before it has begun is of the run before.
  let begun = false;
  const look = (lab: LabSnapshot): { problem: Problem | undefined } | undefined => {
    begun ||= lab.phase === 'starting';
    if (!begun) return undefined;
    if (isListening(lab)) return { problem: undefined };
    if (lab.phase === 'failed') return { problem: lab.error ?? 'not-listening' };
    if (lab.phase === 'unreachable') return { problem: null };
    return lab.phase === 'stopped' ? { problem: 'not-listening' } : undefined;
  };
  const found = await until(useLab, look, LISTENS_WITHIN_MS);
  return found ? found.problem : 'not-listening';
}
