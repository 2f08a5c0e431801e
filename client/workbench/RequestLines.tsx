import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToolIcon } from '../ui/index.ts';
import { insert, remove, reset, setText, swapCase, textOf, type Line, type Target } from './lines.ts';
import { RequestLine } from './RequestLine.tsx';
import { useRequest } from './request-store.ts';
import styles from './RequestLines.module.css';

interface Props {
  lines: readonly Line[];
  target: Target;
  onSend: () => void;
}

/** Every line of the request with what can be done to it. Enter adds a line, as in an editor. */
export function RequestLines({ lines, target, onSend }: Props) {
  const { t } = useTranslation('workbench');
  const list = useRef<HTMLOListElement>(null);
  const [focused, focus] = useState<{ id: string } | null>(null);
  const { edit } = useRequest.getState();

  useEffect(() => {
    if (focused)
      list.current?.querySelector<HTMLElement>(`[data-line="${focused.id}"] :is(textarea, button)`)?.focus();
  }, [focused]);

  const add = (behind: string | null, text = '') => {
    const inserted = insert(lines, behind, text);
    edit(inserted.lines);
    focus({ id: inserted.id });
  };
  /** The line before or behind, as far as there is one. */
  const step = (id: string, by: 1 | -1) => {
    const next = lines[lines.findIndex((line) => line.id === id) + by];
    if (next) focus({ id: next.id });
    return next !== undefined;
  };
  const takeOut = (id: string) => {
    const left = remove(lines, id);
    edit(left);
    // What is gone takes the focus with it.
    if (left.length < lines.length) step(id, -1);
    else focus({ id });
  };

  return (
    <>
      <ol className={styles.lines} ref={list}>
        {lines.map((line, index) => (
          <RequestLine
            key={line.id}
            line={line}
            number={index + 1}
            target={target}
            onText={(text) => edit(setText(lines, line.id, text, target), line.id)}
            onSwapCase={() => edit(setText(lines, line.id, swapCase(textOf(line, target)), target))}
            onDuplicate={() => add(line.id, textOf(line, target))}
            onRemove={() => takeOut(line.id)}
            onReset={() => {
              edit(reset(lines, line.id));
              focus({ id: line.id });
            }}
            onEnter={() => add(line.id)}
            onStep={(by) => step(line.id, by)}
            onSend={onSend}
          />
        ))}
      </ol>
      <button type="button" className={styles.add} onClick={() => add(lastKept(lines))}>
        <ToolIcon name="plus" />
        {t('line.add')}
      </button>
      <p className={styles.hint}>{t('line.hint')}</p>
    </>
  );
}

/** The line that a new header line goes behind: the last one before the end of the head. */
function lastKept(lines: readonly Line[]): string | null {
  const end = lines.findIndex(({ id, removed }) => id === 'end' && !removed);
  return (end < 0 ? lines.at(-1) : lines[end - 1])?.id ?? null;
}
