import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { Checks } from './Checks.tsx';
import type { ExperimentId } from './experiments.ts';
import { bytesOf } from './lines.ts';
import { Outcome } from './Outcome.tsx';
import { checksOf } from './read.ts';
import { useRequest } from './request-store.ts';
import { RequestLines } from './RequestLines.tsx';
import { useSend } from './send-store.ts';
import { addresseeOf, targetOf } from './target.ts';
import { Toolbar } from './Toolbar.tsx';
import styles from './Workbench.module.css';

interface Props {
  /** Under which the request is kept. */
  lesson: string;
  /** What the text asks for: an experiment, or null for the request as it was. Another object asks again. */
  wanted: { experiment: string | null } | null;
  /** Which experiment is in the request; null when it was edited. */
  onExperiment: (experiment: string | null) => void;
  onRun: () => void;
  /** The bytes of a message are to be shown. */
  onInspect: (message: string) => void;
}

/** The request, what became of it, and every check of both sides. */
export function Workbench({ lesson, wanted, onExperiment, onRun, onInspect }: Props) {
  const { t } = useTranslation('workbench');
  const lines = useRequest((request) => request.lines);
  const experiment = useRequest((request) => request.experiment);
  const { sent, phase, send } = useSend();
  const target = useTarget();
  const { authority, origin } = target;
  const bytes = useMemo(() => bytesOf(lines, { authority, origin }), [lines, authority, origin]);
  const checks = useMemo(() => checksOf(bytes, addresseeOf(useLab.getState())), [bytes]);

  useEffect(() => {
    if (lesson === useRequest.getState().lesson) return;
    useRequest.getState().open(lesson);
    useSend.getState().forget();
  }, [lesson]);
  useEffect(() => {
    if (wanted) useRequest.getState().ask(wanted, targetOf(useLab.getState()));
  }, [wanted]);
  useEffect(() => onExperiment(experiment), [experiment, onExperiment]);

  const choose = (id: ExperimentId | null) =>
    id ? useRequest.getState().try(id, target) : useRequest.getState().reset();
  const sendNow = () => void send(useRequest.getState().lines, onRun);
  // What is shown is of the request as it was: since then it was edited.
  const isOld = sent !== null && !isSame(sent.bytes, bytes);

  return (
    <div className={styles.workbench}>
      <Toolbar experiment={experiment} onChoose={choose} onSend={sendNow} />
      <div className={styles.columns}>
        <section className={styles.column} aria-label={t('request')} tabIndex={0}>
          <RequestLines lines={lines} target={target} onSend={sendNow} />
        </section>
        <section className={styles.column} aria-label={t('answer')} tabIndex={0}>
          <Outcome isOld={isOld} onInspect={onInspect} />
        </section>
        <section className={styles.column} aria-label={t('checks')} tabIndex={0}>
          <Checks
            title={t('server.title')}
            clause="RFC 6455 §4.2.1"
            side="server"
            checks={checks}
            codeOf={({ outcome, status }) => t(outcome === 'open' ? 'maybe' : 'then', { code: status })}
          />
          <Checks
            title={t('client.title')}
            clause="RFC 6455 §4.1"
            side="client"
            checks={phase === 'idle' ? (sent?.checks ?? null) : null}
            codeOf={() => t('then', { code: 1006 })}
          />
        </section>
      </div>
    </div>
  );
}

/** The same object as long as it says the same. */
function useTarget() {
  const authority = useLab((lab) => targetOf(lab).authority);
  const origin = useLab((lab) => targetOf(lab).origin);
  return useMemo(() => ({ authority, origin }), [authority, origin]);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
