import { create } from 'zustand';
import { store, stored } from './stored.ts';

export type Theme = 'light' | 'dark';
export type ThemeChoice = Theme | 'system';

/** Also read by `public/boot.js`, before the first paint. */
const KEY = 'theme';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const resolve = (choice: ThemeChoice): Theme =>
  choice === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : choice;

interface ThemeState {
  choice: ThemeChoice;
  theme: Theme;
  choose(choice: ThemeChoice): void;
  /** To the other theme. Coming back to what the system says follows the system again. */
  toggle(): void;
}

/** The theme and who chose it. `data-theme` on `<html>` always agrees with `theme`. */
export const useTheme = create<ThemeState>()((set, get) => ({
  choice: stored<ThemeChoice>(KEY, 'system'),
  theme: document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light',
  choose(choice) {
    store(KEY, choice);
    set({ choice, theme: resolve(choice) });
  },
  toggle() {
    const next: Theme = get().theme === 'dark' ? 'light' : 'dark';
    get().choose(next === resolve('system') ? 'system' : next);
  },
}));

useTheme.subscribe(({ theme }) => {
  document.documentElement.dataset['theme'] = theme;
});
systemIsDark.addEventListener('change', () => {
  const { choice } = useTheme.getState();
  if (choice === 'system') useTheme.setState({ theme: resolve(choice) });
});

/** While something is projected it is light, unless the learner chose otherwise. @returns what gives the theme back. */
export function projectLight(): () => void {
  if (useTheme.getState().choice !== 'system') return () => undefined;
  useTheme.setState({ theme: 'light' });
  return () => {
    const { choice } = useTheme.getState();
    useTheme.setState({ theme: resolve(choice) });
  };
}
