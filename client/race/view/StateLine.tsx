import { useTranslation } from 'react-i18next';
import { delaysOf } from '../model/result.ts';
import { useRace } from '../store.ts';
import styles from './Race.module.css';

/** In one sentence how it stands. */
export function StateLine({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation('race');
  const { phase, result, failure, settings } = useRace();
  const seconds = ((result?.now ?? 0) / 1000).toFixed(1);

  const words = (): string => {
    if (phase === 'starting') return t('state.starting', { count: settings.techniques.length });
    if (failure) {
      const broke = result?.status === 'failed' ? ` ${t('state.failed', { s: seconds })}` : '';
      return t(`failure.${failure.reason}`, { code: failure.code }) + broke;
    }
    if (!result) return t('state.idle');
    if (phase === 'running') return t('state.running');
    if (result.status === 'stopped') return t('state.stopped', { s: seconds });
    if (result.status === 'failed') return t('state.failed', { s: seconds });
    const published = result.messages.filter((message) => message.published !== null).length;
    const arrived = result.tracks.reduce((sum, track) => sum + delaysOf(track, result.messages).length, 0);
    const isOld =
      phase === 'idle' || phase === 'done'
        ? JSON.stringify(result.settings) !== JSON.stringify(settings)
        : false;
    const finished = t('state.finished', { arrived, all: published * result.tracks.length });
    return isOld ? `${finished} ${t('state.old')}` : finished;
  };

  return (
    <p
      className={compact ? styles.compactState : styles.state}
      // Twice on the page: one of them speaks.
      role={compact ? undefined : 'status'}
      data-bad={failure ? true : undefined}
    >
      {words()}
    </p>
  );
}
