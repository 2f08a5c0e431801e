import { useEffect, useSyncExternalStore } from 'react';
import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { projectLight } from '../../ui/index.ts';
import { isTyping } from '../typing.ts';

/** Of the address: so a class can be sent to what is projected. */
const PARAMETER = 'present';

/** On less, a picture for the back row has no room. */
const WIDE = matchMedia('(min-width: 1024px)');

/** The stage as it is drawn before it is enlarged, CSS px: less is too little for transport and editors. */
const [STAGE_WIDTH, STAGE_HEIGHT] = [1028, 642];
const [LEAST, MOST] = [1, 2.5];

const subscribe = (onChange: () => void) => {
  addEventListener('resize', onChange);
  return () => removeEventListener('resize', onChange);
};

/** How much larger than to be read by one person, in steps that keep lines of one px sharp. */
const scale = () => {
  const fits = Math.min(innerWidth / STAGE_WIDTH, innerHeight / STAGE_HEIGHT);
  return Math.max(LEAST, Math.min(Math.floor(fits * 20) / 20, MOST));
};

/** How much larger than usual the lesson is shown; null while it is not presented. */
export function usePresenting(): number | null {
  const isAsked = new URLSearchParams(useSearch()).has(PARAMETER);
  const isWide = useSyncExternalStore(subscribe, () => WIDE.matches);
  const zoom = useSyncExternalStore(subscribe, scale);
  return isAsked && isWide ? zoom : null;
}

/** Begins or ends presenting; the step and the message that the address names stay. */
export function togglePresenting(): void {
  const url = new URL(location.href);
  if (url.searchParams.has(PARAMETER)) url.searchParams.delete(PARAMETER);
  else url.searchParams.set(PARAMETER, '1');
  navigate(`${url.pathname}${url.search}${url.hash}`);
}

/** The address of a step of the lesson that is presented. */
export const presentedStep = (lesson: string, step: number) => `/lessons/${lesson}/${step}?${PARAMETER}=1`;

/** For the page that can be presented: `P` begins and ends it, and meanwhile it is light. */
export function usePresentation(isPresented: boolean): void {
  useEffect(() => (isPresented ? projectLight() : undefined), [isPresented]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'p' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || event.isComposing || isTyping(event) || !WIDE.matches) return;
      event.preventDefault();
      togglePresenting();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
