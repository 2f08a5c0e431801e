import type { KeyboardEvent, Ref } from 'react';
import decor from './decor.module.css';
import type { ShownFile } from './editor-view.ts';
import styles from './PlainEditor.module.css';

interface Props {
  shown: ShownFile;
  field: Ref<HTMLTextAreaElement>;
  /** Escape was pressed: the next Tab leaves, as in the editor that comes. */
  armed: boolean;
  onArmed(armed: boolean): void;
  onEdit(id: string, text: string): void;
  onRun(): void;
  onStop(): void;
}

/** The code as a text field with the editors' metrics: until the real editor is there, or when it fails to come. */
export function PlainEditor({ shown, field, armed, onArmed, onEdit, onRun, onStop }: Props) {
  const { id, text, marks, error, added, label } = shown;
  const lines = text.split('\n');
  const marked = new Set(marks.map(({ line }) => line));
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey, currentTarget: textarea } = event;
    const command = event.ctrlKey || event.metaKey;
    if (key === 'Tab' && !armed) {
      if (!shiftKey) textarea.setRangeText('  ', textarea.selectionStart, textarea.selectionEnd, 'end');
      onEdit(id, textarea.value);
    } else if (command && key === 'Enter') onRun();
    else if (command && key === '.') onStop();
    else {
      if (!['Tab', 'Shift'].includes(key)) onArmed(key === 'Escape');
      return;
    }
    event.preventDefault();
  };
  return (
    <div className={styles['scroller']}>
      <ol className={styles['lines']} aria-hidden="true">
        {lines.map((_, index) => {
          const line = index + 1;
          const look = marked.has(line) ? decor['mark'] : error?.line === line ? decor['error'] : undefined;
          return (
            <li key={line} className={look}>
              <span className={styles['number']}>{line}</span>
              <span className={styles['sign']}>{added.includes(line) ? '+' : ''}</span>
            </li>
          );
        })}
      </ol>
      <textarea
        ref={field}
        className={styles['field']}
        aria-label={label}
        value={text}
        onChange={(event) => onEdit(id, event.target.value)}
        onKeyDown={keys}
        onBlur={() => onArmed(false)}
        // Read by whoever wants to replace the field: not in the middle of a word that is being composed.
        onCompositionStart={(event) => (event.currentTarget.dataset['composing'] = '')}
        onCompositionEnd={(event) => delete event.currentTarget.dataset['composing']}
        rows={lines.length}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
      />
    </div>
  );
}
