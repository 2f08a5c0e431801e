import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, ToolIcon } from '../../ui/index.ts';
import { runChecks, verdictOf, waitingResults, type CheckResult } from './checks.ts';
import { browserProbes } from './probes.ts';
import { reportText } from './report.ts';
import styles from './SelfCheckPage.module.css';

/** Tries every link between this browser and a running lab, and says of a broken one what to do. */
export function SelfCheckPage() {
  const { t } = useTranslation('lab');
  const [results, setResults] = useState(waitingResults);
  const [round, setRound] = useState(0);
  const verdict = verdictOf(results);

  useEffect(() => {
    const controller = new AbortController();
    void runChecks(browserProbes(), setResults, controller.signal);
    return () => controller.abort();
  }, [round]);

  const again = () => {
    setResults(waitingResults());
    setRound(round + 1);
  };

  return (
    <main className={styles.page}>
      <h1>{t('check.title')}</h1>
      <p className={styles.lead}>{t('check.lead')}</p>
      <ol className={styles.list}>
        {results.map((result, index) => (
          <Link key={result.id} result={result} number={index + 1} />
        ))}
      </ol>
      <p className={styles.verdict} data-verdict={verdict} role="status">
        {t(`check.verdict.${verdict}`)}
      </p>
      <div className={styles.actions}>
        <button
          type="button"
          className={styles.primary}
          aria-disabled={verdict === 'running'}
          onClick={verdict === 'running' ? undefined : again}
        >
          <ToolIcon name="reset" />
          {t('check.again')}
        </button>
        {verdict !== 'running' && <Report results={results} />}
      </div>
    </main>
  );
}

const ICONS = {
  waiting: <ToolIcon name="more" />,
  running: <ToolIcon name="more" />,
  ok: <Icon name="check" />,
  failed: <Icon name="cross" />,
  skipped: <ToolIcon name="minus" />,
};

function Link({ result, number }: { result: CheckResult; number: number }) {
  const { t } = useTranslation('lab');
  const { id, status, ms, finding } = result;
  const words = useWords();
  const said = words(result);
  return (
    <li className={styles.link} data-status={status} aria-busy={status === 'running'}>
      <span className={styles.number}>{number}</span>
      <div>
        <h2>{t(`check.name.${id}`)}</h2>
        {said && <p>{said}</p>}
        {finding && !finding.ok && finding.detail && <code className={styles.detail}>{finding.detail}</code>}
      </div>
      <span className={styles.status}>
        {ms !== undefined && <span className={styles.ms}>{Math.round(ms)} ms</span>}
        {ICONS[status]}
        {t(`check.status.${status}`)}
      </span>
    </li>
  );
}

/** What was found, and what to do about it, in one or two sentences. */
function useWords(): (result: CheckResult) => string {
  const { t } = useTranslation(['lab', 'errors']);
  return ({ id, status, finding }) => {
    if (status === 'skipped') return t('lab:check.skipped');
    if (!finding) return '';
    const { params } = finding;
    if (finding.ok) return id === 'page' || id === 'clock' ? t(`lab:check.found.${id}`, { ...params }) : '';
    const error = finding.reason === 'refused' && params?.code !== undefined ? `errors:${params.code}` : null;
    return error
      ? t(error, { ...params })
      : t([`lab:check.failed.${id}.${finding.reason}`, `lab:check.failed.any.${finding.reason}`], {
          ...params,
        });
  };
}

function Report({ results }: { results: CheckResult[] }) {
  const { t } = useTranslation('lab');
  const words = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  const [time] = useState(() => new Date().toISOString());
  const text = reportText(results, {
    title: t('check.title'),
    time,
    origin: location.origin,
    browser: navigator.userAgent,
    name: ({ id }) => t(`check.name.${id}`),
    status: ({ status }) => t(`check.status.${status}`),
    words,
  });
  const copy = async () => {
    // Over plain http from another machine there is no clipboard API: the old command still works.
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (!done) {
      area.current?.select();
      setCopied(document.execCommand('copy'));
    } else setCopied(true);
  };
  return (
    <>
      <button type="button" className={styles.button} onClick={() => void copy()}>
        {copied ? <Icon name="check" /> : <ToolIcon name="copy" />}
        {t(copied ? 'check.copied' : 'check.copy')}
      </button>
      <textarea
        ref={area}
        className={styles.report}
        readOnly
        value={text}
        rows={8}
        aria-label={t('check.report')}
      />
    </>
  );
}
