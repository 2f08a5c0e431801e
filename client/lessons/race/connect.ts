/** Joins a lesson and the race: what the prose offers becomes settings, the last result facts. */
import type { LessonInfo, LessonNetwork } from '../../../lessons/index.ts';
import { raceFactsOf, RACE_DEFAULTS, useRace, type RaceSettings } from '../../race/index.ts';
import { useBridge, type BridgeActions } from '../bridge.ts';

/** @returns opens it; that returns what closes it. */
export function connectRace(lesson: LessonInfo): () => () => void {
  const changes = lesson.steps.flatMap((step) => step.network ?? []);

  const publish = (): void => {
    const { settings, result } = useRace.getState();
    const network = changes.filter((change) => isApplied(change, settings)).map(({ id }) => id);
    const race = result && result.status !== 'running' ? raceFactsOf(result) : null;
    useBridge.setState({ network, wire: race && { ...NOTHING, race } });
  };

  const actions: BridgeActions = {
    toggle: nothing,
    tryRequest: nothing,
    toggleNetwork(change) {
      const { settings, set } = useRace.getState();
      const wanted = settingsOf(change);
      const usual = { ...RACE_DEFAULTS, latencyMs: lesson.latencyMs };
      const names = Object.keys(wanted) as (keyof RaceSettings)[];
      set(
        isApplied(change, settings) ? Object.fromEntries(names.map((name) => [name, usual[name]])) : wanted,
      );
    },
    open: nothing,
    follow: nothing,
    chooseVariant: nothing,
    toggleSolution: nothing,
  };

  return () => {
    publish();
    useBridge.setState({ actions });
    const end = useRace.subscribe((state, before) => {
      if (state.settings !== before.settings || state.result !== before.result) publish();
    });
    return () => {
      end();
      useRace.getState().stop();
      useBridge.setState({ actions: null, wire: null, network: [] });
    };
  };
}

function settingsOf({ conditions, cutAt, race }: LessonNetwork): Partial<RaceSettings> {
  const { latencyMs, proxy } = conditions ?? {};
  return {
    ...(race as Partial<RaceSettings>),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(proxy !== undefined && { proxy }),
    ...(cutAt !== undefined && { cutAtMs: cutAt }),
  };
}

function isApplied(change: LessonNetwork, settings: RaceSettings): boolean {
  return Object.entries(settingsOf(change)).every(
    ([name, value]) => JSON.stringify(settings[name as keyof RaceSettings]) === JSON.stringify(value),
  );
}

/** There is no wire beside the race's. */
const NOTHING = {
  now: 0,
  live: false,
  profile: null,
  whole: true,
  requests: [],
  sockets: [],
  connections: [],
  deliveries: [],
  console: [],
  page: [],
  medianDelayMs: null,
  overhead: null,
};

/** The prose of such a lesson has no code to point at. */
function nothing(): void {}
