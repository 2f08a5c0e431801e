import { lazy, Suspense, useEffect } from 'react';
import { loadWorkbenchTexts } from '../../i18n/index.ts';
import { useLab } from '../../lab/index.ts';
import { useBridge } from '../bridge.ts';
import { usePanes } from '../panes.ts';
import { showBench, useBench } from './bench.ts';

/** Fetched when it is first opened. */
const Workbench = lazy(async () => {
  const [{ Workbench: fetched }] = await Promise.all([
    import('../../workbench/index.ts'),
    loadWorkbenchTexts(),
  ]);
  return { default: fetched };
});

const onExperiment = (experiment: string | null) => useBridge.setState({ experiment });
const onInspect = (message: string) => {
  showBench(false);
  useLab.getState().select({ message });
};

export function BenchSlot({ lesson, onRun }: { lesson: string; onRun: () => void }) {
  const wanted = useBench((bench) => bench.wanted);
  return (
    <Suspense fallback={null}>
      <Workbench
        lesson={lesson}
        wanted={wanted}
        onExperiment={onExperiment}
        onRun={onRun}
        onInspect={onInspect}
      />
      <InView wanted={wanted} />
    </Suspense>
  );
}

/** Brings it into view when the text asks for it: beside what is waited for, so that it has its height by then. */
function InView({ wanted }: { wanted: object | null }) {
  useEffect(() => {
    if (wanted && usePanes.getState().phone) bringIntoView();
  }, [wanted]);
  return null;
}

/** On a phone it stands below wire and bytes. */
function bringIntoView(): void {
  const [pane, output] = ['pane-wire', 'pane-output'].map((id) => document.getElementById(id));
  if (pane && output) pane.scrollTop += output.getBoundingClientRect().top - pane.getBoundingClientRect().top;
}
