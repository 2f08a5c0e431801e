import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, IconButton, ToolIcon } from '../ui/index.ts';
import { isChanged, originalOf, textOf, type Line, type Target } from './lines.ts';
import styles from './RequestLines.module.css';

interface Props {
  line: Line;
  number: number;
  target: Target;
  onText: (text: string) => void;
  onSwapCase: () => void;
  onDuplicate: () => void;
  onRemove: () => void;
  onReset: () => void;
  onEnter: () => void;
  /** Goes to a neighbour; false when there is none. */
  onStep: (by: 1 | -1) => boolean;
  onSend: () => void;
}

/** One line of the request. Shift+Enter breaks it by a bare line feed. */
export function RequestLine({ line, number, target, ...on }: Props) {
  const { t } = useTranslation('workbench');
  const text = textOf(line, target);
  const original = originalOf(line, target);
  const label = (what: string) => t(`line.${what}`, { number });

  if (line.removed) {
    return (
      <li className={styles.line} data-line={line.id} data-state="removed">
        <del>{original === '' ? t('line.end') : original}</del>
        <IconButton className={styles.always} label={label('restore')} onClick={on.onReset}>
          <ToolIcon name="reset" />
        </IconButton>
      </li>
    );
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart: at, value } = event.currentTarget;
    const isBare = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    const done = () => event.preventDefault();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      done();
      on.onSend();
    } else if (event.key === 'Enter' && isBare) {
      done();
      on.onEnter();
    } else if (event.key === 'ArrowUp' && isBare && !value.slice(0, at).includes('\n')) {
      if (on.onStep(-1)) done();
    } else if (event.key === 'ArrowDown' && isBare && !value.slice(at).includes('\n')) {
      if (on.onStep(1)) done();
    } else if (event.key === 'Backspace' && value === '' && original === null) {
      done();
      on.onRemove();
    }
  };

  return (
    <li className={styles.line} data-line={line.id} data-state={isChanged(line) ? 'changed' : undefined}>
      <textarea
        rows={text.split('\n').length}
        value={text}
        placeholder={line.id === 'end' ? t('line.end') : undefined}
        aria-label={label(isChanged(line) ? 'changed' : 'name')}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={({ target: { value } }) => on.onText(value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.actions}>
        {isChanged(line) && original !== null && (
          <IconButton label={label('reset')} onClick={on.onReset}>
            <ToolIcon name="reset" />
          </IconButton>
        )}
        <IconButton label={label('swapCase')} onClick={on.onSwapCase}>
          <span aria-hidden="true">aA</span>
        </IconButton>
        <IconButton label={label('duplicate')} onClick={on.onDuplicate}>
          <ToolIcon name="copy" />
        </IconButton>
        <IconButton label={label('remove')} onClick={on.onRemove}>
          <Icon name="cross" />
        </IconButton>
      </span>
    </li>
  );
}
