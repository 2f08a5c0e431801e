import { memo, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run, Selection } from '../capture/run.ts';
import { describe } from './describe.ts';
import { seconds } from './format.ts';
import { lastCutOf, messageOf } from './messages.ts';
import styles from './Wire.module.css';

/** Screen readers are told no more often than this, so that holding an arrow key does not drown them. */
const THROTTLE_MS = 350;

/** Says the followed message as a sentence, and what was done to the network: keys do that too. */
export function LiveText({ run, selection }: { run: Run; selection: Selection | null }) {
  const { t } = useTranslation('wire');
  const [said, say] = useState('');
  const message = messageOf(run, selection?.message);
  const text = run && message ? describe(t, run.messages, message) : '';
  const { connections, conditions } = run;
  const cut = useMemo(() => lastCutOf(connections), [connections]);
  useEffect(() => {
    const timer = setTimeout(() => say(text), THROTTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <>
      <p className={styles.heard} aria-live="polite">
        {said}
      </p>
      <Done cut={cut} latencyMs={conditions.latencyMs} />
    </>
  );
}

/** What was done to the network. Hardly any frame changes it. */
const Done = memo(function Done({
  cut,
  latencyMs,
}: {
  cut: ReturnType<typeof lastCutOf>;
  latencyMs: number;
}) {
  const { t } = useTranslation('wire');
  return (
    <>
      <p className={styles.heard} aria-live="polite">
        {cut && t(`live.${cut.mode}`, { time: seconds(cut.t) })}
      </p>
      <p className={styles.heard} aria-live="polite">
        {t('live.latency', { ms: latencyMs })}
      </p>
    </>
  );
});
