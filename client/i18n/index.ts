/**
 * Every text of the screens, in the language that was chosen.
 *
 * In: a choice (address, earlier visit, browser). Out: an initialised i18next, and `useLanguage`.
 * Knows nothing of: what the texts say.
 *
 * Only the active language is loaded, in parts: `reading` (the shell and the lessons) before the first
 * render, `home` (the course map), `playground` (editors, wire, bytes, console), `workbench` and `race` with their code.
 */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { store, stored } from '../ui/index.ts';
import { detectLanguage, LANGUAGES, type Language } from './languages.ts';

export { engineSaysAll } from './engine-words.ts';
export { LANGUAGES, type Language } from './languages.ts';

type Part = 'reading' | 'home' | 'playground' | 'workbench' | 'race' | 'chat';
type Texts = Record<string, unknown>;

const PARTS: Record<Language, Record<Part, () => Promise<Texts>>> = {
  en: {
    reading: () => import('./en/reading.ts'),
    home: () => import('./en/home.ts'),
    playground: () => import('./en/playground.ts'),
    workbench: () => import('./en/workbench.ts'),
    race: () => import('./en/race.ts'),
    chat: () => import('./en/chat.ts'),
  },
  'zh-CN': {
    reading: () => import('./zh-CN/reading.ts'),
    home: () => import('./zh-CN/home.ts'),
    playground: () => import('./zh-CN/playground.ts'),
    workbench: () => import('./zh-CN/workbench.ts'),
    race: () => import('./zh-CN/race.ts'),
    chat: () => import('./zh-CN/chat.ts'),
  },
};

const KEY = 'language';
/** Parts in use: what a change of language has to load. */
const parts = new Set<Part>();

async function load(language: Language, part: Part): Promise<void> {
  const texts = await PARTS[language][part]();
  for (const [namespace, bundle] of Object.entries(texts)) {
    i18next.addResourceBundle(language, namespace, bundle);
  }
}

/** The language this visit begins in. */
export function detectedLanguage(): Language {
  return detectLanguage({
    query: new URLSearchParams(location.search).get('lang'),
    kept: stored<string | null>(KEY, null),
    browser: navigator.languages,
  });
}

/** Loads the reading texts of the detected language. Call once, before the first render. */
export async function initI18n(): Promise<void> {
  const language = detectedLanguage();
  document.documentElement.lang = language;
  i18next.on('languageChanged', (tag) => {
    document.documentElement.lang = tag;
  });
  await i18next.use(initReactI18next).init({
    // i18next prints an advertisement otherwise.
    showSupportNotice: false,
    lng: language,
    resources: {},
    fallbackLng: false,
    defaultNS: 'app',
    ns: ['app'],
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  parts.add('reading');
  await load(language, 'reading');
}

/** Loads the texts of a part; its code waits for them. */
async function loadPart(part: Part): Promise<void> {
  parts.add(part);
  await load(i18next.language as Language, part);
}

export const loadPlaygroundTexts = () => loadPart('playground');
export const loadWorkbenchTexts = () => loadPart('workbench');
export const loadHomeTexts = () => loadPart('home');
export const loadRaceTexts = () => loadPart('race');
/** Those of the room, and of the wire beside it. */
export const loadChatTexts = () => loadPart('chat');

async function setLanguage(language: Language): Promise<void> {
  store(KEY, language);
  await Promise.all([...parts].map((part) => load(language, part)));
  await i18next.changeLanguage(language);
}

/** A text for what is drawn without React, in the language of this moment. */
export function textOf(key: string, values?: Record<string, unknown>): string {
  return i18next.t(key, values);
}

/** Calls after each change of language; returns what ends that. */
export function onLanguageChange(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

/** The language on the screen, and the way to change it. */
export function useLanguage(): { language: Language; setLanguage: (language: Language) => Promise<void> } {
  const { i18n } = useTranslation();
  const language = LANGUAGES.find((known) => known === i18n.language) ?? LANGUAGES[0];
  return { language, setLanguage };
}
