import { useTranslation } from 'react-i18next';
import type { Conditions } from '#protocol/telemetry';
import { useLab } from '../../lab/index.ts';
import { Popover } from '../../ui/index.ts';
import { Choice } from './Choice.tsx';
import styles from './NetworkControls.module.css';
import {
  BANDWIDTHS,
  bandwidthText,
  BUFFERS_BYTES,
  bufferText,
  IDLES_MS,
  JITTERS_MS,
  PROXIES,
  SPLITS_BYTES,
} from './offered.ts';
import panel from './panel.module.css';

/** What stands between both ends; its panel has the rest of the network, and says so when some of it is set. */
export function Proxy() {
  const { t } = useTranslation('lab');
  const conditions = useLab((lab) => lab.conditions);
  const { proxy, bandwidth, jitterMs, splitBytes } = conditions;
  const set = (change: Partial<Conditions>) => void useLab.getState().setConditions(change);

  const limit = bandwidth === null ? t('net.unlimited') : bandwidthText(bandwidth);
  const jitter = t('net.upTo', { ms: jitterMs });
  const split = splitBytes === null ? t('net.splitNot') : t('net.splitInto', { n: splitBytes });
  const shown =
    splitBytes !== null
      ? split
      : bandwidth !== null
        ? bandwidthText(bandwidth)
        : jitterMs > 0
          ? `+${jitterMs} ms`
          : t('net.proxy');
  const seconds = (ms: number) => t('net.seconds', { s: ms / 1000 });

  return (
    <Popover
      label={t('net.more')}
      className={styles.row}
      title={t('net.proxyTitle')}
      button={
        <>
          <span>{shown}</span>
          <b>{t(`net.short.${proxy}`)}</b>
          <span className={styles.hidden}>
            {t('net.details', { proxy: t(`net.proxies.${proxy}`), limit, jitter, split })}
          </span>
        </>
      }
    >
      <fieldset className={panel.choices}>
        <legend>{t('net.proxy')}</legend>
        {PROXIES.map((kind) => (
          <label key={kind} className={panel.radio}>
            <input type="radio" name="proxy" checked={proxy === kind} onChange={() => set({ proxy: kind })} />
            <span>
              {t(`net.proxies.${kind}`)}
              <small>{t(`net.about.${kind}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {proxy === 'buffering' && (
        <Choice
          label={t('net.buffer')}
          value={conditions.proxyBufferBytes}
          values={BUFFERS_BYTES}
          text={bufferText}
          onChange={(proxyBufferBytes) => set({ proxyBufferBytes })}
        />
      )}
      {proxy === 'idle-timeout' && (
        <Choice
          label={t('net.idle')}
          value={conditions.proxyIdleMs}
          values={IDLES_MS}
          text={seconds}
          onChange={(proxyIdleMs) => set({ proxyIdleMs })}
        />
      )}
      <Choice
        label={t('net.bandwidth')}
        value={bandwidth ?? 0}
        values={BANDWIDTHS}
        text={(bytes) => (bytes === 0 ? t('net.unlimited') : bandwidthText(bytes))}
        onChange={(bytes) => set({ bandwidth: bytes === 0 ? null : bytes })}
      />
      <Choice
        label={t('net.jitter')}
        value={jitterMs}
        values={JITTERS_MS}
        text={(ms) => `${ms} ms`}
        onChange={(ms) => set({ jitterMs: ms })}
      />
      <Choice
        label={t('net.split')}
        value={splitBytes ?? 0}
        values={SPLITS_BYTES}
        text={(bytes) => (bytes === 0 ? t('net.splitNot') : t('net.splitInto', { n: bytes }))}
        onChange={(bytes) => set({ splitBytes: bytes === 0 ? null : bytes })}
      />
    </Popover>
  );
}
