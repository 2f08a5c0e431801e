import { useTranslation } from 'react-i18next';
import type { HandshakeCheck } from '../dissect/index.ts';
import { Icon, ToolIcon } from '../ui/index.ts';
import styles from './Checks.module.css';

interface Props<Rule extends string> {
  title: string;
  /** Of most of them: only others are said with a check. */
  clause: string;
  side: 'server' | 'client';
  /** Null: there is nothing to check yet. */
  checks: readonly HandshakeCheck<Rule>[] | null;
  /** What follows where the rule does not hold. */
  codeOf: (check: HandshakeCheck<Rule>) => string;
}

const ICONS = {
  holds: <Icon name="check" />,
  fails: <Icon name="cross" />,
  open: <Icon name="circle" />,
  absent: <ToolIcon name="minus" />,
  unknown: <ToolIcon name="minus" />,
};

/** Rule after rule: whether it holds, what was found, the clause, and the code that follows. */
export function Checks<Rule extends string>({ title, clause, side, checks, codeOf }: Props<Rule>) {
  const { t } = useTranslation('workbench');
  return (
    <>
      <h2 className={styles.title}>
        {title} <small>{clause}</small>
      </h2>
      {checks === null ? (
        <p className={styles.none}>{t('client.none')}</p>
      ) : (
        <ul className={styles.checks}>
          {checks.map((check) => (
            <li key={check.rule} data-outcome={check.outcome}>
              {ICONS[check.outcome]}
              <span className={styles.rule}>
                <span className={styles.heard}>{t(`outcome.${check.outcome}`)}</span>
                {t(`${side}.${check.rule}`)}
                {(check.outcome === 'fails' || check.outcome === 'open') && (
                  <span className={styles.found}> {foundIn(check)}</span>
                )}
              </span>
              <span className={styles.clause}>{shortOf(check.clause, clause)}</span>
              <span className={styles.code}>
                {(check.outcome === 'fails' || check.outcome === 'open') &&
                  (side === 'client' || check.status !== null) &&
                  codeOf(check)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );

  function foundIn({ rule, outcome, found }: HandshakeCheck<Rule>): string {
    if (rule === 'end') return t('waits');
    if (rule === 'grammar') return found === null ? t('noRequest') : t(`inspect:malformed.${found}`);
    if (found === null) return t('missing');
    return t(outcome === 'open' ? 'openTo' : 'found', { found });
  }
}

/** Without what the heading says already. */
function shortOf(clause: string, heading: string): string {
  return clause.startsWith(`${heading} `)
    ? clause.slice(heading.length + 1)
    : clause.replace('RFC 6455 ', '');
}
