import type { SourcePosition } from '#protocol/errors';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { store, stored } from '../ui/index.ts';
import { MessageBytes } from './MessageBytes.tsx';
import { subjectOf } from './subject.ts';
import { TitleRow } from './TitleRow.tsx';
import type { View } from './ViewSwitch.tsx';
import styles from './Inspector.module.css';

const VIEW = 'inspect.view';

interface InspectorProps {
  preview?: string | null;
  /** A line of code was clicked. */
  onOpenPosition: (position: SourcePosition) => void;
}

/** The bytes of the followed message; of `preview` (a message's id) while something else is pointed at. */
export function Inspector({ preview = null, onOpenPosition }: InspectorProps) {
  const { t } = useTranslation('inspect');
  const run = useLab((lab) => lab.run);
  const selection = useLab((lab) => lab.selection);
  const [view, setView] = useState<View>(() => (stored<View>(VIEW, 'lines') === 'hex' ? 'hex' : 'lines'));

  const followed = useMemo(() => subjectOf(run, selection), [run, selection]);
  const pointedAt = useMemo(
    () => (preview === null ? null : subjectOf(run, { message: preview })),
    [run, preview],
  );
  const isPreview = pointedAt !== null && pointedAt.message.id !== followed?.message.id;
  const subject = isPreview ? pointedAt : followed;

  if (!run || !subject) {
    const empty = run && run.messages.length > 0 ? 'panel.empty' : 'panel.nothing';
    return <p className={styles.empty}>{t(empty)}</p>;
  }
  return (
    <div className={styles.inspector}>
      <TitleRow
        subject={subject}
        messages={run.messages}
        isPreview={isPreview}
        view={view}
        onView={(next) => {
          setView(next);
          store(VIEW, next);
        }}
      />
      <MessageBytes
        key={subject.message.id}
        message={subject.message}
        view={view}
        onOpenPosition={onOpenPosition}
      />
    </div>
  );
}
