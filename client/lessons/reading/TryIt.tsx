import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge.ts';
import { useReading } from './context.ts';
import { patchExtent } from './patch-extent.ts';
import { TryButton } from './TryButton.tsx';

/** An edit the lesson offers: it goes into the learner's file, visibly, and comes out again. */
export function TryIt({ patch: id, children }: { patch: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const { lesson } = useReading();
  const actions = useBridge((bridge) => bridge.actions);
  const state = useBridge((bridge) => bridge.patches[id] ?? 'available');
  const patch = lesson.steps.flatMap((step) => step.patches ?? []).find((each) => each.id === id);
  if (!patch) return null;
  const { file } = patch;
  return (
    <TryButton
      applied={state === 'applied'}
      able={actions !== null && state !== 'conflict'}
      title={t(`try.${TITLES[state]}`, { file })}
      where={`${file} ${patchExtent(patch)}`}
      side={file === 'server.js' ? 'server' : 'browser'}
      onClick={() => actions?.toggle(patch)}
    >
      {children}
    </TryButton>
  );
}

const TITLES = { applied: 'undo', available: 'do', conflict: 'conflict' } as const;
