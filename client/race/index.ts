/**
 * The race: the same messages over several techniques at once, each on its own connection, on one clock.
 *
 * In: settings, and the page's buttons. Out: `Race`, the screen; `useRace`: the settings, and the last result.
 * Knows nothing of lessons, or of where on the page it stands.
 */
export { Choosing } from './choosing/Choosing.tsx';
export { raceFactsOf } from './facts.ts';
export { DEFAULT_SETTINGS as RACE_DEFAULTS, type RaceSettings } from './model/settings.ts';
export { Race } from './view/Race.tsx';
export { useRace } from './store.ts';
