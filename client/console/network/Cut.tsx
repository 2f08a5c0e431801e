import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../../lab/index.ts';
import { Popover, ToolIcon } from '../../ui/index.ts';
import { canCut } from '../state-words.ts';
import { parseCutTime } from './cut-time.ts';
import styles from './NetworkControls.module.css';
import panel from './panel.module.css';

/** Cuts now, by a reset; its panel has the other ways. */
export function Cut({ compact }: { compact: boolean }) {
  const { t } = useTranslation('lab');
  const able = useLab(canCut);
  return (
    <div className={styles.split}>
      <button
        type="button"
        className={`${styles.row} ${styles.cut}`}
        aria-disabled={!able}
        onClick={() => able && void useLab.getState().cut()}
        aria-keyshortcuts="X"
        title={t(able ? 'net.cutTitle' : 'net.cutNothing')}
      >
        <span>{t(compact ? 'net.cutShort' : 'net.cut')}</span>
        <ToolIcon name="cut" />
      </button>
      <Popover
        label={t('net.cutHow')}
        className={`${styles.row} ${styles.how}`}
        title={t('net.cutHow')}
        buttonLabel={t('net.cutHow')}
        button={<ToolIcon name="more" />}
      >
        {(id) => <CutPanel id={id} />}
      </Popover>
    </div>
  );
}

function CutPanel({ id }: { id: string }) {
  const { t } = useTranslation('lab');
  const able = useLab(canCut);
  const live = useLab(({ phase }) => phase === 'running');
  const planned = useLab(({ run }) => (run?.live ? run.plannedCut : undefined));
  return (
    <>
      <div className={panel.actions}>
        {(['reset', 'silence'] as const).map((mode) => (
          <button
            key={mode}
            type="button"
            aria-disabled={!able}
            popoverTarget={able ? id : undefined}
            popoverTargetAction="hide"
            onClick={() => able && void useLab.getState().cut({ mode })}
          >
            <b>{t(`net.cutModes.${mode}`)}</b>
            <small>{t(`net.cutAbout.${mode}`)}</small>
          </button>
        ))}
      </div>
      {planned ? (
        <div className={panel.planned}>
          <span role="status">
            {t('net.planned', {
              mode: t(`net.cutModes.${planned.mode}`),
              s: (planned.due / 1000).toFixed(2),
            })}
          </span>
          <button type="button" onClick={() => void useLab.getState().cut({ at: null })}>
            {t('net.callOff')}
          </button>
        </div>
      ) : (
        <PlanCut able={live} />
      )}
    </>
  );
}

function PlanCut({ able }: { able: boolean }) {
  const { t } = useTranslation('lab');
  const [text, setText] = useState('');
  const [mode, setMode] = useState<'reset' | 'silence'>('reset');
  const error = useId();
  const at = parseCutTime(text);
  const past = at !== null && at <= useLab.getState().labNow();
  return (
    <form
      className={panel.plan}
      onSubmit={(event) => {
        event.preventDefault();
        if (able && at !== null && !past) void useLab.getState().cut({ mode, at });
      }}
    >
      <label>
        <span>{t('net.cutAt')}</span>
        <input
          inputMode="decimal"
          size={5}
          value={text}
          onChange={({ target }) => setText(target.value)}
          aria-invalid={text !== '' && (at === null || past)}
          aria-describedby={error}
        />
        <span>s</span>
      </label>
      <select
        value={mode}
        onChange={({ target }) => setMode(target.value as typeof mode)}
        aria-label={t('net.cutMode')}
      >
        {(['reset', 'silence'] as const).map((other) => (
          <option key={other} value={other}>
            {t(`net.cutModes.${other}`)}
          </option>
        ))}
      </select>
      <button type="submit" aria-disabled={!able || at === null || past}>
        {t('net.plan')}
      </button>
      <small id={error} role="status">
        {!able ? t('net.planNothing') : past ? t('net.planPast') : ''}
      </small>
    </form>
  );
}
