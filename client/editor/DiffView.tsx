import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { diffRows } from './line-diff.ts';
import styles from './DiffView.module.css';

const COLUMNS = ['original', 'mine', 'change', 'text'] as const;

const LOOK = { '+': styles['added'], '-': styles['removed'], ' ': undefined };

/** The learner's file against the lesson's, in place of the editor. Read only. */
export function DiffView({ file, original, text }: { file: string; original: string; text: string }) {
  const { t } = useTranslation('editor');
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => diffRows(original, text), [original, text]);

  useEffect(() => {
    const host = scroller.current;
    const row = host?.querySelector<HTMLElement>('[data-sign]');
    if (host && row) host.scrollTop = row.offsetTop - host.clientHeight / 3;
  }, [file]);

  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      role="region"
      tabIndex={0}
      aria-label={t('diff.label', { file })}
    >
      {original === text ? (
        <p className={styles['same']}>{t('diff.same')}</p>
      ) : (
        <table className={styles['table']}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  <span className={styles['hidden']}>{t(`diff.${column}`)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ sign, text: line, before, after }, index) => (
              <tr key={index} className={LOOK[sign]} data-sign={sign === ' ' ? undefined : sign}>
                <td className={styles['number']}>{before}</td>
                <td className={styles['number']}>{after}</td>
                <td className={styles['sign']}>{sign === '-' ? '−' : sign.trim()}</td>
                <td className={styles['text']}>{line}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
