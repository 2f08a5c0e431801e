import { useTranslation } from 'react-i18next';
import { engineSaysAll } from '../i18n/index.ts';
import { useLab } from '../lab/index.ts';
import { accepts, type Demand } from './judgement.ts';
import styles from './Outcome.module.css';
import { useSend, type Problem, type Sent } from './send-store.ts';

interface Props {
  /** The request was edited since. */
  isOld: boolean;
  onInspect: (message: string) => void;
}

/** What the RFC demands, what this server did, and what a browser would have made of it. */
export function Outcome({ isOld, onInspect }: Props) {
  const { t } = useTranslation('workbench');
  const { phase, sent, problem } = useSend();
  const says = useSaying();
  return (
    <div className={styles.outcome}>
      {/* One sentence after the other, when the answer is there. */}
      <p className={styles.heard} role="status">
        {phase === 'idle'
          ? sent
            ? says.all(sent)
            : problem === undefined
              ? ''
              : says.problem(problem)
          : says.busy}
      </p>
      {phase !== 'idle' ? (
        <p className={styles.note}>{says.busy}</p>
      ) : sent ? (
        <Answer sent={sent} isOld={isOld} onInspect={onInspect} />
      ) : (
        <p className={problem === undefined ? styles.note : styles.problem}>
          {problem === undefined ? t('nothingSent') : says.problem(problem)}
        </p>
      )}
    </div>
  );
}

function Answer({ sent, isOld, onInspect }: { sent: Sent; isOld: boolean; onInspect: (id: string) => void }) {
  const { t } = useTranslation('workbench');
  const says = useSaying();
  const { view, verdict, demand, text } = sent;
  // The wire may show another run by now.
  const id = `c${view.connection ?? 0}-up-0`;
  const isOnWire = useLab(({ run }) => run?.number === view.run && run.messages.get(id) !== undefined);
  const ended = useLab((lab) => (lab.run?.number === view.run && lab.phase === 'failed' ? lab.error : null));
  return (
    <>
      {isOld && <p className={styles.note}>{t('old')}</p>}
      <dl className={styles.facts}>
        <dt>{t('demands')}</dt>
        <dd>{says.demand(demand)}</dd>
        <dt>{t('did')}</dt>
        <dd>{says.did(sent)}</dd>
        <dt>{t('browser')}</dt>
        <dd>{says.browser(sent)}</dd>
      </dl>
      <p className={styles.verdict} data-verdict={verdict}>
        {t(`verdict.${verdict}`)}
      </p>
      {ended && (
        <p className={styles.problem}>
          {t('ended')} <code>{ended.message}</code>
        </p>
      )}
      {text !== '' && (
        <pre className={styles.bytes} role="group" aria-label={t('answerBytes')} tabIndex={0}>
          {visible(text)}
        </pre>
      )}
      {isOnWire ? (
        <button type="button" className={styles.follow} onClick={() => onInspect(id)}>
          {t('onWire')}
        </button>
      ) : (
        view.connection === null && <p className={styles.note}>{t('notOnWire')}</p>
      )}
    </>
  );
}

/** What was sent and answered, in sentences. */
function useSaying() {
  const { t } = useTranslation('workbench');
  const phase = useSend((state) => state.phase);
  const demand = (of: Demand): string =>
    t(`demand.${of.kind}`, {
      codes: 'statuses' in of ? of.statuses.join(t('or')) : '',
      context: 'namesVersion' in of && of.namesVersion ? 'version' : undefined,
    });
  const did = ({ view, answer, text }: Sent): string => {
    if (answer && 'status' in answer.startLine) {
      const { status, reason } = answer.startLine;
      return t(`answered.${view.end === 'open' ? 'open' : 'closed'}`, {
        status: `${status} ${reason}`.trim(),
      });
    }
    return t(`unanswered.${text === '' ? view.end : 'notHttp'}`, { s: (view.ms / 1000).toFixed(1) });
  };
  const browser = ({ checks }: Sent): string => {
    if (accepts(checks, true)) return t('page.open');
    const failed = checks.filter(({ outcome }) => outcome === 'fails');
    const isStandardOnly = failed.length > 0 && failed.every(({ rule }) => rule === 'chosen');
    return t(isStandardOnly ? 'page.chosen' : 'page.close');
  };
  return {
    busy: t(`phase.${phase === 'starting' ? 'starting' : 'sending'}`),
    demand,
    did,
    browser,
    all: (sent: Sent): string =>
      t('said', {
        demand: demand(sent.demand),
        did: did(sent),
        verdict: t(`verdict.${sent.verdict}`),
        browser: browser(sent),
      }),
    problem(problem: Problem): string {
      if (problem === 'not-listening') return t('notListening');
      if (problem === 'too-long') return t('tooLong');
      if (problem === null) return t('unreachable');
      return engineSaysAll(problem) ? problem.message : t(`errors:${problem.code}`, problem.params);
    },
  };
}

/** Line ends stay; what cannot be seen is shown as its code. */
function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[^\n\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
