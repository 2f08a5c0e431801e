import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge.ts';
import { TryButton } from './TryButton.tsx';

/** A request that the lesson offers to send by hand: it opens in the workbench, and becomes the original again. */
export function TryRequest({ experiment, children }: { experiment: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const actions = useBridge((bridge) => bridge.actions);
  const applied = useBridge((bridge) => bridge.experiment === experiment);
  return (
    <TryButton
      applied={applied}
      able={actions !== null}
      title={t(applied ? 'try.undoRequest' : 'try.doRequest')}
      where={t('try.request')}
      side="browser"
      onClick={() => actions?.tryRequest(applied ? null : experiment)}
    >
      {children}
    </TryButton>
  );
}
