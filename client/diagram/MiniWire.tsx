import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { EMPTY_RUN } from './empty-run.ts';
import { MINI_GEOMETRY } from './geometry.ts';
import { Picture } from './Picture.tsx';
import { useNow, useReducedMotion } from './use-now.ts';
import { useTape } from './use-tape.ts';
import { viewAt } from './view-store.ts';
import styles from './MiniWire.module.css';

/** The miniature always follows, at a scale of its own. */
const SPAN_MS = 6_300;

/** The wire as a live miniature in the phone's bottom bar; a press opens the real one. */
export function MiniWire({ onOpen }: { onOpen(): void }) {
  const { t } = useTranslation('wire');
  const button = useRef<HTMLButtonElement>(null);
  const [width, setWidth] = useState(0);
  const lab = useLab();
  const run = lab.run ?? EMPTY_RUN;
  const reduced = useReducedMotion();
  const now = useNow(run, null, reduced);
  const view = viewAt({ follow: true, start: 0, span: SPAN_MS, jumps: reduced }, now);
  const { tape, offset } = useTape({
    run,
    view,
    width,
    selection: null,
    geometry: MINI_GEOMETRY,
    moves: run.live,
  });
  useEffect(() => {
    const element = button.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <button ref={button} type="button" className={styles.mini} aria-label={t('mini.open')} onClick={onOpen}>
      {width > 0 && (
        <Picture
          tape={tape}
          offset={offset}
          moves={run.live}
          width={width}
          now={lab.run ? now : null}
          nowText=""
          proxyName=""
          over={!run.live}
          movable={false}
          starting={lab.phase === 'starting'}
          stale={lab.stale}
          preview={null}
          measure={null}
        />
      )}
    </button>
  );
}
