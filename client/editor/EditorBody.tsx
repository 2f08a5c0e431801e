import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLab } from '../lab/index.ts';
import type { CreateEditorView, EditorView, ShownFile } from './editor-view.ts';
import { useFiles } from './files-store.ts';
import { focusCameByKeyboard } from './last-input.ts';
import { chooseEditor, loadEditorView } from './load-view.ts';
import { PlainEditor } from './PlainEditor.tsx';
import styles from './EditorBody.module.css';

interface Props {
  shown: ShownFile;
  /** A new object makes the editor go there: with the cursor, or only into view. */
  place: { file: string; line: number; column: number; focus: boolean } | null;
  hidden: boolean;
  onRun(): void;
  onStop(): void;
}

const edit = (id: string, text: string) => useFiles.getState().edit(id.slice(id.indexOf('/') + 1), text);

/** Calls `then` at once, or after the composition (of Chinese, say) that is going on in the field. */
function afterComposition(field: HTMLElement, then: () => void): () => void {
  if (field.dataset['composing'] === undefined) {
    then();
    return () => undefined;
  }
  field.addEventListener('compositionend', then, { once: true });
  return () => field.removeEventListener('compositionend', then);
}

/** The editor itself: a text field at once, Monaco or CodeMirror in its place when it has arrived. */
export function EditorBody({ shown, place, hidden, onRun, onStop }: Props) {
  const { t } = useTranslation('editor');
  const [kind] = useState(chooseEditor);
  const [create, setCreate] = useState<CreateEditorView | null>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [armed, setArmed] = useState(false);
  const [hinted, setHinted] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    let gone = false;
    loadEditorView(kind).then(
      (loaded) => gone || setCreate(() => loaded),
      () => gone || setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [kind, attempt]);

  /** Shows the file with the text as it is now: an edit may have come since the last render. */
  const show = useEffectEvent((into: EditorView) => {
    into.show({ ...shown, text: useFiles.getState().files[shown.file] ?? shown.text });
  });
  const run = useEffectEvent(() => onRun());
  const stop = useEffectEvent(() => onStop());

  useEffect(() => {
    const textarea = field.current;
    if (!create || !host.current || !textarea) return;
    const container = host.current;
    let made: EditorView | null = null;
    const cancel = afterComposition(textarea, () => {
      made = create(container, {
        onEdit: edit,
        onRun: () => run(),
        onStop: () => stop(),
        onChip: (next) => useLab.getState().select(next),
        onArmed: setArmed,
      });
      show(made);
      if (document.activeElement === textarea) made.focusAt(textarea.selectionStart, textarea.selectionEnd);
      setView(made);
    });
    return () => {
      cancel();
      made?.dispose();
      setView(null);
    };
  }, [create]);

  useEffect(() => {
    if (view) show(view);
  }, [view, shown]);

  useEffect(() => {
    if (!place || place.file !== shown.file || hidden) return;
    const { line, column, focus } = place;
    if (!view) {
      if (focus) field.current?.focus();
    } else if (focus) view.goTo(line, column);
    else view.reveal(line);
    // A place is visited once, not again when the file changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [view, place]);

  const retry = () => {
    setFailed(false);
    setAttempt(attempt + 1);
  };

  return (
    <div
      className={styles['body']}
      hidden={hidden}
      onFocus={() => focusCameByKeyboard() && setHinted(true)}
      onBlur={() => setHinted(false)}
      onInput={() => setHinted(false)}
    >
      <div ref={host} className={styles['host']} />
      {!view && (
        <PlainEditor
          shown={shown}
          field={field}
          armed={armed}
          onArmed={setArmed}
          onEdit={edit}
          onRun={onRun}
          onStop={onStop}
        />
      )}
      {failed && (
        <p className={styles['note']} role="alert">
          {t('failed')}{' '}
          <button type="button" className={styles['action']} onClick={retry}>
            {t('retry')}
          </button>
        </p>
      )}
      <p className={styles['hint']} role="status" data-shown={armed || hinted || undefined}>
        {armed ? t('leave.armed') : hinted ? t('leave.hint') : ''}
      </p>
    </div>
  );
}
