import { create } from 'zustand';
import type { LabSnapshot, LabStore } from './contract.ts';

const nothing: LabSnapshot = {
  phase: 'idle',
  error: null,
  run: null,
  stale: false,
  pageUrl: null,
  startedAt: null,
  conditions: { latencyMs: 0, jitterMs: 0 },
  selection: null,
  pageSilentMs: null,
  lostSince: null,
  transport: null,
};

/** The one lab of this tab. */
export const useLab = create<LabStore>()((set) => ({
  ...nothing,
  start: ({ conditions }) => {
    set({ conditions });
    return Promise.resolve();
  },
  stop: () => Promise.resolve(),
  setConditions: (conditions) => {
    set((state) => ({ conditions: { ...state.conditions, ...conditions } }));
    return Promise.resolve();
  },
  cut: () => Promise.resolve(),
  reconnect: () => undefined,
  leave: () => set(nothing),
  select: (selection) => set({ selection }),
  clearConsole: () => undefined,
  labNow: () => 0,
  bytesOf: () => new Uint8Array(),
}));
