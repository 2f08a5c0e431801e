import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { acceptSteps } from '../dissect/index.ts';
import { Icon } from '../ui/index.ts';
import { hexOf } from './bytes-text.ts';
import type { Handshake } from './handshake.ts';
import styles from './HandshakeSteps.module.css';

/** How `Sec-WebSocket-Accept` follows from the key (RFC 6455 §4.2.2), and whether what was sent is that. */
export function HandshakeSteps({ handshake }: { handshake: Handshake }) {
  const { t } = useTranslation('inspect');
  const { key, accept, answer } = handshake;
  const { joined, digest, accept: expected } = useMemo(() => acceptSteps(key), [key]);
  const isRight = accept === expected;
  const verdict = answer !== 'granted' ? answer : accept === null ? 'missing' : isRight ? 'right' : 'wrong';
  return (
    <span className={styles.steps}>
      <Step name={t('handshake.join')}>
        <span className={styles.key}>{key}</span>
        {joined.slice(key.length)}
      </Step>
      <Step name={t('handshake.digest')}>{Array.from(digest, hexOf).join(' ')}</Step>
      <Step name={t('handshake.base64')}>{expected}</Step>
      <span className={verdict === 'right' ? styles.ok : answer === 'granted' ? styles.bad : undefined}>
        {answer === 'granted' && <Icon name={verdict === 'right' ? 'check' : 'cross'} />}
        {t(`handshake.${verdict}`, { accept })}
      </span>
    </span>
  );
}

function Step({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className={styles.step}>
      <span>{name}</span>
      <code>{children}</code>
    </span>
  );
}
