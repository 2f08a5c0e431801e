import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { DiffView } from './DiffView.tsx';
import { EditorBody } from './EditorBody.tsx';
import type { ShownFile } from './editor-view.ts';
import { FileTabs } from './FileTabs.tsx';
import { FileState } from './FileState.tsx';
import { useFiles } from './files-store.ts';
import { useEditorFocus } from './focus-store.ts';
import { followRuns } from './follow-runs.ts';
import { placeOfError, placeOfPosition, placeOfSelection, type Place } from './places.ts';
import { useLineMarks } from './use-line-marks.ts';
import styles from './CodePane.module.css';

interface Props {
  side: 'browser' | 'server';
  /** Files of this side, in the order of their tabs. */
  files: string[];
  onRun(): void;
  onStop(): void;
  /** On phones: a coloured edge in place of the margin for the leads, and targets for fingers. */
  compact?: boolean;
}

/** What is shown in a pane: one of its files, and where in it. */
function usePlace(files: string[], hasFocus: () => boolean) {
  const [chosen, choose] = useState<string | undefined>();
  const [place, setPlace] = useState<Place | null>(null);
  const [diff, setDiff] = useState(false);
  const names = files.join('/');

  useEffect(() => {
    followRuns();
    const mine = names.split('/');
    const visit = (next: Place | null) => {
      if (!next || !mine.includes(next.file)) return;
      choose(next.file);
      setPlace(next);
      if (next.focus) setDiff(false);
    };
    const leaving = [
      useEditorFocus.subscribe(({ target }) => target && visit(placeOfPosition(target.position))),
      useLab.subscribe((now, before) => {
        if (now.error !== before.error) visit(placeOfError(now.error));
        // Who is typing is not taken to another file.
        else if (now.selection !== before.selection && !hasFocus()) visit(placeOfSelection(now, mine));
      }),
    ];
    return () => {
      for (const leave of leaving) leave();
    };
  }, [names, hasFocus]);

  const file = chosen !== undefined && files.includes(chosen) ? chosen : (files[0] ?? '');
  return { file, choose, place, diff, setDiff };
}

/** The scripts of a side that are not shown, as they are now. */
function useBeside(lessonId: string | null, files: string[], shown: string): ShownFile['beside'] {
  const texts = useFiles((state) => state.files);
  const others = files.filter((file) => file !== shown && /\.[cm]?js$/.test(file));
  const beside = others.map((file) => ({ id: `${lessonId}/${file}`, file, text: texts[file] ?? '' }));
  const key = JSON.stringify(beside);
  // The same files with the same texts stay the same list, however often this is rendered.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => beside, [key]);
}

/** One side's code: its files in tabs, the editor with its marks, and the way back to the original. */
export function CodePane({ side, files, onRun, onStop, compact = false }: Props) {
  const { t } = useTranslation('editor');
  const body = useRef<HTMLDivElement>(null);
  const [hasFocus] = useState(() => () => body.current?.contains(document.activeElement) ?? false);
  const { file, choose, place, diff, setDiff } = usePlace(files, hasFocus);
  const panel = useId();
  const lessonId = useFiles((state) => state.lessonId);
  const text = useFiles((state) => state.files[file] ?? '');
  const original = useFiles((state) => state.originals[file] ?? '');
  const kept = useFiles((state) => state.storage === 'ok');
  const ports = useLab((state) => state.run?.ports.map(({ port }) => `:${port}`).join(', ') ?? '');
  const drawn = useLineMarks(file);
  const label = t('label', { file });
  const beside = useBeside(lessonId, files, file);
  const shown = useMemo(
    (): ShownFile => ({ id: `${lessonId}/${file}`, file, side, text, beside, label, ...drawn }),
    [lessonId, file, side, text, beside, label, drawn],
  );
  const role =
    side === 'browser' ? t('role.browser') : ports ? t('role.port', { port: ports }) : t('role.server');

  return (
    <div
      className={styles['pane']}
      data-side={side}
      data-compact={compact || undefined}
      role="group"
      aria-label={t('pane', { files: files.join(', '), role })}
    >
      <header className={styles['header']} data-code-header={side}>
        <FileTabs files={files} file={file} panel={panel} onChoose={choose} />
        <span className={styles['role']}>{role}</span>
        <FileState file={file} diff={diff} onDiff={setDiff} />
      </header>
      {!kept && (
        <p className={styles['notice']} role="alert">
          {t('storage.unavailable')}
        </p>
      )}
      <ConflictNotice file={file} />
      <div
        ref={body}
        id={panel}
        className={styles['body']}
        {...(files.length > 1 && { role: 'tabpanel', 'aria-label': file })}
      >
        <EditorBody shown={shown} place={place} hidden={diff} onRun={onRun} onStop={onStop} />
        {diff && <DiffView file={file} original={original} text={text} />}
      </div>
    </div>
  );
}
