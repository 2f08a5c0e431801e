import { useEffect, useMemo, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../../lessons/index.ts';
import { LabNotice, NetworkControls, RunMenu, Transport } from '../../console/index.ts';
import { BandEnds, BoundarySelect, Metrics, ViewControls, Wire } from '../../diagram/index.ts';
import { CodePane, lineOfLastRun, openPosition, useEditorFocus, useFiles } from '../../editor/index.ts';
import { Inspector } from '../../inspect/index.ts';
import { useLab } from '../../lab/index.ts';
import { BROWSER_NAMES } from '../../stage/index.ts';
import { usePanes } from '../panes.ts';
import { usePresenting } from '../present/presenting.ts';
import { Separator } from '../split/Separator.tsx';
import { useSizes } from '../split/sizes.ts';
import { showBench, useBench } from './bench.ts';
import { connect } from './connect.ts';
import { KeysDialog } from './KeysDialog.tsx';
import { Leads } from './Leads.tsx';
import { OutputPane } from './OutputPane.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { SharedNotice } from './SharedNotice.tsx';
import styles from './Stage.module.css';
import { useLowWindow } from './use-folds.ts';
import { useFrameLayout } from './use-frame-layout.ts';
import { useKeys } from './use-keys.ts';
import { useSharing } from './use-sharing.tsx';

const BROWSER_FILES = ['client.js', 'index.html'];
const SERVER_FILES = ['server.js'];

/** What the lesson's page is made of, the script first. */
const browserFiles = (names: string[]) => [
  ...BROWSER_FILES,
  ...names.filter((name) => !BROWSER_FILES.includes(name) && !SERVER_FILES.includes(name)),
];

/** Puts the parts in their places; none of them knows where it stands. */
export function Playground({ lesson, step }: { lesson: LessonInfo; step: number }) {
  const { t } = useTranslation('stage');
  const { phone, pane } = usePanes();
  const profile = useLab((lab) => lab.profile);
  const emulated = profile ? BROWSER_NAMES[profile] : undefined;
  const sizes = useSizes((state) => state.sizes);
  const names = useFiles((state) => Object.keys(state.originals).join('/'));
  const inBrowser = useMemo(() => browserFiles(names === '' ? [] : names.split('/')), [names]);
  const [bytesOpen, setBytesOpen] = useState(false);
  const benchOpen = useBench((bench) => bench.open);
  const isPresented = usePresenting() !== null;
  const isLow = useLowWindow() && !isPresented && sizes.bottom === undefined;
  // Where nothing of it would be seen, the workbench wants the place that the bytes have when they are open.
  const benchOver = benchOpen && (isLow || isPresented);
  const isOpen = bytesOpen || benchOver;
  const folded = isLow && !isOpen;
  const toggleBytes = () => {
    setBytesOpen(!isOpen);
    if (benchOver) showBench(false);
  };
  const { framed, outputFolded, foldOutput } = useFrameLayout(lesson.id);
  const inTabs = outputFolded && !phone && !benchOpen;
  const [keysOpen, setKeysOpen] = useState(false);
  const [preview, setPreview] = useState<string | null>(null);
  const [{ run, stop, start, backToOwn }] = useState(() => connect(lesson));
  const { items, dialog } = useSharing(lesson);
  useEffect(start, [start]);
  // It was opened for the step that is left.
  useEffect(() => showBench(false), [step]);
  // The bytes of what is followed are to be seen.
  useEffect(
    () =>
      useLab.subscribe(({ selection }, before) => {
        if (selection !== null && selection !== before.selection) showBench(false);
      }),
    [],
  );
  // A line that is asked for must be seen: the bytes give the editors their place back.
  useEffect(
    () =>
      useEditorFocus.subscribe(() => {
        setBytesOpen(false);
        if (benchOver) showBench(false);
      }),
    [benchOver],
  );
  useKeys({ run, stop, toggleBytes, showKeys: () => setKeysOpen(true) });

  const chosen = {
    '--client': sizes.client,
    '--bottom': sizes.bottom === undefined ? undefined : `${sizes.bottom}px`,
    '--console': sizes.console === undefined ? undefined : `${sizes.console}px`,
  } as CSSProperties;
  const panel = (name: 'code' | 'wire') =>
    phone ? { role: 'tabpanel', 'aria-labelledby': `tab-${name}`, inert: pane !== name } : {};

  return (
    <section
      className={styles.stage}
      style={chosen}
      data-present={isPresented || undefined}
      data-bytes={isOpen ? 'open' : folded ? 'folded' : 'beside'}
      data-framed={framed || undefined}
      data-workbench={lesson.workbench}
      data-output={benchOpen ? 'bench' : inTabs ? 'tabs' : 'beside'}
      aria-label={t('app:stage.label')}
    >
      <div id="pane-code" className={styles.editors} {...panel('code')}>
        <div id="pane-client" className={styles.client}>
          <CodePane side="browser" files={inBrowser} onRun={run} onStop={stop} compact={phone} />
        </div>
        <div id="pane-server" className={styles.server}>
          <CodePane side="server" files={SERVER_FILES} onRun={run} onStop={stop} compact={phone} />
        </div>
        <Separator
          name="client"
          line="vertical"
          pane="before"
          controls="pane-client"
          unit="percent"
          min={160}
          rest={160}
          className={styles.clientSplit}
        />
      </div>
      <div id="pane-wire" className={styles.below} {...panel('wire')}>
        <div className={styles.transportRow}>
          <Separator
            name="bottom"
            line="horizontal"
            pane="after"
            controls="pane-bottom"
            min={36}
            rest={456}
            className={styles.bottomSplit}
          />
          {!phone && (
            <Transport onRun={run} onStop={stop} onOpenPosition={openPosition}>
              <ViewControls />
              <RunMenu before={items} />
            </Transport>
          )}
        </div>
        <div className={styles.band}>
          {!phone && (
            <BandEnds firstPage={lesson.pages?.[0]?.name} emulated={emulated} serverLane={t('serverConsole')}>
              <NetworkControls />
            </BandEnds>
          )}
          <div className={styles.wire} data-lead-target>
            <Wire
              compact={phone}
              emulated={emulated}
              onRun={run}
              onStop={stop}
              onInspect={() => setBytesOpen(true)}
              onPreview={setPreview}
              onOpenPosition={openPosition}
            />
            <LabNotice lineOf={lineOfLastRun} onOpenPosition={openPosition} />
          </div>
        </div>
        {phone && (
          <div className={styles.phoneNet}>
            <NetworkControls compact />
            <RunMenu before={items} compact />
          </div>
        )}
        {phone && (
          <div className={styles.phoneView}>
            <BoundarySelect />
            <ViewControls />
          </div>
        )}
        <div className={styles.metricsRow}>
          <Metrics />
        </div>
        <div id="pane-bottom" className={styles.bottom} inert={isPresented && !isOpen}>
          <section className={styles.bytes} aria-label={t('bytes')}>
            <Inspector preview={preview} onOpenPosition={openPosition} />
          </section>
          <Separator
            name="console"
            line="vertical"
            pane="after"
            controls="pane-output"
            min={180}
            rest={320}
            className={styles.consoleSplit}
          />
          <OutputPane
            lesson={lesson}
            folded={folded}
            bytesOpen={isOpen}
            onToggleBytes={toggleBytes}
            inTabs={inTabs}
            onFold={framed && !phone ? foldOutput : undefined}
            onRun={run}
          />
        </div>
      </div>
      {/* What covers the editors covers where the leads begin. */}
      {!phone && !(isPresented && isOpen) && <Leads />}
      {phone && <PhoneBar onRun={run} onStop={stop} />}
      <SharedNotice onBack={backToOwn} />
      {dialog}
      {keysOpen && <KeysDialog onClose={() => setKeysOpen(false)} />}
    </section>
  );
}
