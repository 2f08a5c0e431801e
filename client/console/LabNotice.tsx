import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useShallow } from 'zustand/react/shallow';
import type { ReportedError, SourcePosition } from '#protocol/errors';
import { engineSaysAll } from '../i18n/index.ts';
import { useLab } from '../lab/index.ts';
import { Icon, ToolIcon } from '../ui/index.ts';
import { loadSelfCheck } from './check/load.ts';
import { excerptOf, type LineOf } from './excerpt.ts';
import { ExcerptView } from './ExcerptView.tsx';
import { gapTime } from './log/times.ts';
import { noticeKey, noticeOf } from './notice.ts';
import styles from './LabNotice.module.css';

interface LabNoticeProps {
  /** Lines of the files that Run was last pressed with. */
  lineOf: LineOf;
  onOpenPosition: (position: SourcePosition) => void;
}

/**
 * What went wrong and what can be done, over the wire: it lies on top of the nearest positioned
 * ancestor and moves nothing. Hidden by its cross until something else goes wrong.
 */
export function LabNotice({ lineOf, onOpenPosition }: LabNoticeProps) {
  const { t } = useTranslation('lab');
  const notice = useLab(useShallow(noticeOf));
  const key = noticeKey(notice);
  const [hidden, setHidden] = useState<unknown>(null);
  if (key === null && hidden !== null) setHidden(null);

  // Fetched now: when the server is gone it is too late to fetch the page that explains it.
  useEffect(() => {
    const timer = setTimeout(() => void loadSelfCheck().catch(() => undefined), 3000);
    return () => clearTimeout(timer);
  }, []);

  if (!notice || key === hidden) return null;
  return (
    <div className={styles.place} data-notice={notice.kind}>
      <section className={styles.notice} aria-label={t('notice.label')}>
        <div className={styles.words}>
          {notice.kind === 'failed' && (
            <Failure error={notice.error} lineOf={lineOf} onOpenPosition={onOpenPosition} />
          )}
          {notice.kind === 'silent' && (
            <p>
              <b role="alert">{t('notice.silent')}</b>{' '}
              {/* Outside the alert, which would be read again every second. */}
              <span aria-hidden="true">{Math.round(notice.forMs / 1000)} s</span>
            </p>
          )}
          {notice.kind === 'unreachable' && (
            <div role="alert">
              <b>
                {notice.since === null
                  ? t('notice.unreachable')
                  : t('notice.lost', { since: gapTime(notice.since) })}
              </b>
              <p>{t('notice.kept')}</p>
            </div>
          )}
        </div>
        <div className={styles.actions}>
          {notice.kind === 'silent' && (
            <button type="button" className={styles.action} onClick={() => void useLab.getState().stop()}>
              <ToolIcon name="stop" />
              {t('transport.stop')}
            </button>
          )}
          {notice.kind === 'unreachable' && (
            <>
              <button type="button" className={styles.action} onClick={() => useLab.getState().reconnect()}>
                <ToolIcon name="reset" />
                {t('notice.reconnect')}
              </button>
              <Link href="/check" className={styles.link}>
                {t('notice.check')}
              </Link>
            </>
          )}
        </div>
        <button
          type="button"
          className={styles.close}
          aria-label={t('notice.hide')}
          title={t('notice.hide')}
          onClick={() => setHidden(key)}
        >
          <Icon name="cross" />
        </button>
      </section>
    </div>
  );
}

function Failure({ error, lineOf, onOpenPosition }: LabNoticeProps & { error: ReportedError }) {
  const { t } = useTranslation(['lab', 'errors']);
  const { at } = error;
  const excerpt = at ? excerptOf(at, error, lineOf) : null;
  return (
    <div role="alert">
      {!engineSaysAll(error) && <b>{t(`errors:${error.code}`, { ...error.params })}</b>}
      <p className={styles.engine}>
        {error.message && <code>{error.message}</code>}
        {at && (
          <button type="button" className={styles.link} onClick={() => onOpenPosition(at)}>
            <code>
              {at.file}:{at.line}:{at.column}
            </code>
          </button>
        )}
      </p>
      {excerpt && <ExcerptView excerpt={excerpt} />}
    </div>
  );
}
