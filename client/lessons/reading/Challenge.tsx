import { Children, isValidElement, useEffect, useId, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verdict } from '../../../lessons/index.ts';
import { Icon } from '../../ui/index.ts';
import { useBridge } from '../bridge.ts';
import { useProgress, progressOf } from '../progress.ts';
import { Goal, Hint, type GoalProps } from './challenge-parts.ts';
import styles from './Challenge.module.css';
import { useReading } from './context.ts';
import { Hints } from './Hints.tsx';
import { verdictsOf } from './verdicts.ts';

const isGoal = (node: ReactNode): node is ReactElement<GoalProps> =>
  isValidElement(node) && node.type === Goal;
const isHint = (node: ReactNode): node is ReactElement<{ children?: ReactNode }> =>
  isValidElement(node) && node.type === Hint;

const ICONS = { open: 'circle', met: 'check', missed: 'cross' } as const;

/** A task judged by the run on the wire: its goals, hints one by one, and a solution that keeps the attempt. */
export function Challenge({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  const { lesson, step } = useReading();
  const title = useId();
  const info = lesson.steps[step - 1]!;
  const challenge = info.challenge!;
  const actions = useBridge((bridge) => bridge.actions);
  const solved = useBridge((bridge) => bridge.solved.includes(info.id));
  // A string, so that nothing is drawn anew while the verdict stays.
  const verdicts = useBridge(({ wire }) => verdictsOf(challenge, wire).join(' ')).split(' ') as Verdict[];
  const done = useProgress((state) => progressOf(state, lesson.id).done.includes(info.id));
  const met = verdicts.every((verdict) => verdict === 'met');
  const parts = Children.toArray(children);

  useEffect(() => {
    if (met) useProgress.getState().finish(lesson.id, info.id);
  }, [met, lesson.id, info.id]);

  return (
    <section className={styles.challenge} aria-labelledby={title}>
      <h3 id={title} className={styles.title}>
        {t('challenge.title')}
      </h3>
      {parts.filter((part) => !isGoal(part) && !isHint(part))}
      <ul className={styles.goals} aria-live="polite">
        {parts.filter(isGoal).map(({ props }) => {
          const verdict = verdicts[challenge.goals.findIndex(({ id }) => id === props.id)] ?? 'open';
          return (
            <li key={props.id} data-verdict={verdict}>
              <Icon name={ICONS[verdict]} />
              <span>{props.children}</span>
              <span className={styles.verdict}>{t(`challenge.${verdict}`)}</span>
            </li>
          );
        })}
      </ul>
      {met ? (
        <p className={styles.met}>{t(solved ? 'challenge.solvedByUs' : 'challenge.done')}</p>
      ) : (
        done && <p className={styles.met}>{t('challenge.doneBefore')}</p>
      )}
      <Hints key={info.id} hints={parts.filter(isHint)} />
      <button
        type="button"
        className={styles.solution}
        aria-pressed={solved}
        aria-disabled={actions === null}
        onClick={() => actions?.toggleSolution(info.id, challenge)}
      >
        {t(solved ? 'challenge.attempt' : 'challenge.solution')}
      </button>
    </section>
  );
}
