import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../../lab/index.ts';
import { LATENCY_MAX_MS, LATENCY_PRESETS, parseLatency } from './latency.ts';
import styles from './NetworkControls.module.css';

/** The option that opens the field for any other delay. */
const OTHER = 'other';

/** The delay each way: presets, or any. */
export function Latency() {
  const { t } = useTranslation('lab');
  const latencyMs = useLab((lab) => lab.conditions.latencyMs);
  const [typing, setTyping] = useState(false);
  /** Set when the keyboard closed the field: the focus goes back to where it came from. */
  const [back, setBack] = useState(false);
  const set = (ms: number) => void useLab.getState().setConditions({ latencyMs: ms });
  const offered: number[] = [...LATENCY_PRESETS];
  if (!offered.includes(latencyMs)) offered.push(latencyMs);
  offered.sort((a, b) => a - b);

  return (
    <label className={styles.row} title={t('net.latencyTitle')}>
      <span>
        {t('net.latency')}
        <span className={styles.hidden}> {t('net.eachWay')}</span>
      </span>
      {typing ? (
        <LatencyField
          initial={latencyMs}
          onDone={(ms, byKey) => {
            setTyping(false);
            setBack(byKey);
            if (ms !== null) set(ms);
          }}
        />
      ) : (
        <select
          autoFocus={back}
          value={latencyMs}
          onChange={({ target }) => (target.value === OTHER ? setTyping(true) : set(Number(target.value)))}
        >
          {offered.map((ms) => (
            <option key={ms} value={ms}>
              {ms} ms
            </option>
          ))}
          <option value={OTHER}>{t('net.other')}</option>
        </select>
      )}
    </label>
  );
}

/** Enter or leaving the field applies, Esc keeps the old delay. */
function LatencyField({
  initial,
  onDone,
}: {
  initial: number;
  onDone: (ms: number | null, byKey: boolean) => void;
}) {
  const { t } = useTranslation('lab');
  const [text, setText] = useState(String(initial));
  const ms = parseLatency(text);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' && ms !== null) onDone(ms, true);
    else if (event.key === 'Escape') onDone(null, true);
  };
  return (
    <>
      <input
        autoFocus
        inputMode="numeric"
        value={text}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => onDone(ms, false)}
        aria-invalid={ms === null}
        aria-label={t('net.otherLabel', { max: LATENCY_MAX_MS })}
      />
      <b>ms</b>
    </>
  );
}
