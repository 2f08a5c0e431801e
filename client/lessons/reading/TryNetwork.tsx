import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge.ts';
import { useReading } from './context.ts';
import { TryButton } from './TryButton.tsx';

/** A change of the network that the lesson offers; it holds at once and can be taken back. */
export function TryNetwork({ network: id, children }: { network: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const { lesson } = useReading();
  const actions = useBridge((bridge) => bridge.actions);
  const applied = useBridge((bridge) => bridge.network.includes(id));
  const change = lesson.steps.flatMap((step) => step.network ?? []).find((each) => each.id === id);
  if (!change) return null;
  return (
    <TryButton
      applied={applied}
      able={actions !== null}
      title={t(applied ? 'try.undoNetwork' : 'try.doNetwork')}
      where={t('try.network')}
      onClick={() => actions?.toggleNetwork(change)}
    >
      {children}
    </TryButton>
  );
}
