import { create } from 'zustand';
import type { Technique } from '#protocol/chat';
import { RoomError } from '../chat/index.ts';
import { RefusedError, UnreachableError } from '../lab/index.ts';
import { store, stored } from '../ui/index.ts';
import type { RaceResult } from './model/result.ts';
import { settingsFrom, type RaceSettings } from './model/settings.ts';
import { LostError, NotConnectedError, startRace, type Race } from './run/race.ts';

export type RacePhase = 'idle' | 'starting' | 'running' | 'done';
/** Why a race could not be run, or not to its end. */
export interface RaceFailure {
  reason: 'refused' | 'not-connected' | 'lost' | 'unreachable';
  /** Of the table of errors, when the server refused it. */
  code: string;
}

interface RaceState {
  phase: RacePhase;
  settings: RaceSettings;
  /** The race on the screen: the one that runs, or the last one. */
  result: RaceResult | null;
  failure: RaceFailure | null;
  set(change: Partial<RaceSettings>): void;
  /** @param container takes the frames of the techniques. */
  start(container: Element): void;
  stop(): void;
  cut(technique?: Technique): void;
  say(text: string): void;
}

const KEPT_SETTINGS = 'race-settings';
const KEPT_RESULT = 'race-result';

/** The one race of this tab. Settings and the last result are kept for the next visit. */
export const useRace = create<RaceState>()((set, get) => {
  let race: Race | null = null;

  function tell(mine: () => boolean, result: RaceResult): void {
    if (!mine()) return;
    const isOver = result.status !== 'running';
    set({ result, phase: isOver ? 'done' : 'running' });
    if (isOver) store(KEPT_RESULT, result);
  }

  return {
    phase: 'idle',
    settings: settingsFrom(stored<Partial<RaceSettings>>(KEPT_SETTINGS, {})),
    result: stored<RaceResult | null>(KEPT_RESULT, null),
    failure: null,

    set(change) {
      const settings = { ...get().settings, ...change };
      store(KEPT_SETTINGS, settings);
      set({ settings });
    },

    start(container) {
      race?.stop();
      set({ phase: 'starting', failure: null });
      const started: Race = startRace(get().settings, container, {
        onResult: (result) => tell(() => race === started, result),
        onFailure(error) {
          if (race === started) set({ phase: 'done', failure: failureOf(error) });
        },
      });
      race = started;
    },

    stop() {
      race?.stop();
      if (get().phase === 'starting') set({ phase: 'done' });
    },
    cut: (technique) => race?.cut(technique),
    say: (text) => race?.say(text),
  };
});

function failureOf(error: unknown): RaceFailure {
  if (error instanceof RefusedError) return { reason: 'refused', code: error.reported.code };
  if (error instanceof RoomError && error.code !== 'UNREACHABLE')
    return { reason: 'refused', code: error.code };
  if (error instanceof NotConnectedError) return { reason: 'not-connected', code: '' };
  if (error instanceof LostError) return { reason: 'lost', code: '' };
  if (!(error instanceof UnreachableError || error instanceof RoomError)) console.error(error);
  return { reason: 'unreachable', code: '' };
}
