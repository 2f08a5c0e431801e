import { useEffect, useState } from 'react';
import type { Run } from '../capture/run.ts';
import { useLab } from '../lab/index.ts';

/** Nobody reads figures that change more often than this, ms. */
const SHOWN_EVERY_MS = 250;

/** The run on the wire, for figures: at once after a pause, and never more than four times a second. */
export function useCalmRun(): Run | null {
  const [run, setRun] = useState(() => useLab.getState().run);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = -Infinity;
    const show = (): void => {
      timer = undefined;
      shownAt = performance.now();
      setRun(useLab.getState().run);
    };
    show();
    const unsubscribe = useLab.subscribe((lab, before) => {
      if (lab.run === before.run || timer !== undefined) return;
      const wait = shownAt + SHOWN_EVERY_MS - performance.now();
      if (wait <= 0) show();
      else timer = setTimeout(show, wait);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, []);
  return run;
}
