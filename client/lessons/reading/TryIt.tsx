import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge.ts';
import { useReading } from './context.ts';
import { patchExtent } from './patch-extent.ts';
import styles from './TryIt.module.css';

/** An edit the lesson offers: it goes into the learner's file, visibly, and comes out again. */
export function TryIt({ patch: id, children }: { patch: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const { lesson } = useReading();
  const actions = useBridge((bridge) => bridge.actions);
  const state = useBridge((bridge) => bridge.patches[id] ?? 'available');
  const patch = lesson.steps.flatMap((step) => step.patches ?? []).find((each) => each.id === id);
  if (!patch) return null;
  const applied = state === 'applied';
  const able = actions !== null && state !== 'conflict';
  return (
    <button
      type="button"
      className={styles.try}
      aria-pressed={applied}
      aria-disabled={!able}
      title={
        state === 'conflict' ? t('try.conflict', { file: patch.file }) : t(applied ? 'try.undo' : 'try.do')
      }
      onClick={() => able && actions.toggle(patch)}
    >
      <b>{t(applied ? 'try.added' : 'try.offer')}</b>
      <span className={styles.what}>{children}</span>
      <span className={styles.where} data-side={patch.file === 'server.js' ? 'server' : 'browser'}>
        {patch.file} {patchExtent(patch)}
      </span>
    </button>
  );
}
