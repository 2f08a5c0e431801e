import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NetworkControls } from '../../console/index.ts';
import { BandEnds, Metrics, ViewControls, Wire } from '../../diagram/index.ts';
import { Inspector } from '../../inspect/index.ts';
import { useLab } from '../../lab/index.ts';
import { usePanes } from '../../lessons/index.ts';
import styles from './ChatPage.module.css';

/** Where Enter on the wire leads. */
const BYTES = 'room-bytes';

interface Props {
  /** Name of the page whose rail is the upper one, where there are two. */
  firstPage?: string;
  onStop: () => void;
}

/** The wire that carries the talk, its network, its figures and its bytes. */
export function Carrier({ firstPage, onStop }: Props) {
  const { t } = useTranslation('chat');
  const phone = usePanes((panes) => panes.phone);
  const hasRun = useLab(({ run }) => run !== null);
  const [preview, setPreview] = useState<string | null>(null);
  return (
    <>
      <div className={styles.bar}>
        <ViewControls />
      </div>
      <div className={styles.band}>
        {!phone && (
          <BandEnds firstPage={firstPage}>
            <NetworkControls />
          </BandEnds>
        )}
        <div className={styles.wire}>
          <Wire
            compact={phone}
            nothing={t('nothing')}
            onRun={ignore}
            onStop={onStop}
            onInspect={focusBytes}
            onPreview={setPreview}
            onOpenPosition={ignore}
          />
        </div>
        {phone && (
          <div className={styles.phoneNet}>
            <NetworkControls compact />
          </div>
        )}
      </div>
      <div className={styles.metrics}>
        <Metrics />
      </div>
      <section id={BYTES} className={styles.bytes} aria-label={t('bytes')} tabIndex={-1}>
        {hasRun && <Inspector preview={preview} onOpenPosition={ignore} />}
      </section>
    </>
  );
}

function focusBytes(): void {
  document.getElementById(BYTES)?.focus();
}

function ignore(): void {
  // There is no editor on this page.
}
