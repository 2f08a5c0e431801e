import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { DIGITS_EVERY_MS } from '../ui/index.ts';
import { clockTime } from './log/times.ts';
import styles from './Transport.module.css';

/** With reduced motion the figures change this often, ms (DESIGN.md §3). */
const CALM_STEP_MS = 250;

/** Lab time. Only its own text node changes while a run goes on; React does not render for it. */
export function LabClock() {
  const { t } = useTranslation('lab');
  const digits = useRef<HTMLSpanElement>(null);
  const running = useLab((lab) => lab.phase === 'running' || lab.phase === 'starting');
  /** What a clock that stands shows; while it runs, it reads the time itself. */
  const end = useLab((lab) =>
    lab.phase === 'running' || lab.phase === 'starting' ? null : (lab.run?.end ?? 0),
  );

  useLayoutEffect(() => {
    const show = () => {
      const { labNow, phase, stale } = useLab.getState();
      // While a new run starts, the old one on the wire has a time of its own.
      const now = phase === 'idle' || (phase === 'starting' && stale) ? 0 : labNow();
      if (digits.current) digits.current.firstChild!.nodeValue = clockTime(now);
    };
    show();
    if (!running) return;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const timer = setInterval(show, isCalm ? CALM_STEP_MS : DIGITS_EVERY_MS);
    return () => clearInterval(timer);
  }, [running, end]);

  return (
    <span className={styles.clock} role="timer" aria-label={t('transport.clock')}>
      <span ref={digits}>{clockTime(0)}</span>
    </span>
  );
}
