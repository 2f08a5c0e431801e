import { useId, useMemo, type CSSProperties, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { clauseOf } from '../dissect/index.ts';
import type { Malformed } from '../dissect/records.ts';
import type { FieldItem, Meaning } from './field-items.ts';
import { letterOf } from './rows.ts';
import { placeByKey, type FieldFocus } from './use-field-focus.ts';
import { useMeaning } from './use-meaning.ts';
import { useWindow } from './use-window.ts';
import roles from './roles.module.css';
import styles from './FieldList.module.css';

interface FieldListProps {
  fields: readonly Meaning[];
  items: readonly FieldItem[];
  /** The field that has the letter a. */
  firstField: number;
  focus: FieldFocus;
  /** In px. */
  rowHeight: number;
  /** Name and role above, the meaning under them: for a narrow list. */
  stacked?: boolean;
  /** Shows a field that was reached by keyboard, on both sides; `place` is its row in this list. */
  onReveal: (field: number, place: number) => void;
}

/** Letter, name, meaning and role of every field. */
export function FieldList(props: FieldListProps) {
  const { fields, items, firstField, focus, rowHeight, stacked = false, onReveal } = props;
  const { t } = useTranslation('inspect');
  const id = useId();
  const { ref, first, last } = useWindow<HTMLDivElement>(items.length, rowHeight);
  /** Rows that hold fields: the keyboard passes over the notes, which belong to the field before them. */
  const places = useMemo(
    () => items.flatMap(({ type }, place) => (type === 'field' ? [place] : [])),
    [items],
  );
  const active = places.findIndex((place) => items[place]!.index === focus.active);

  const lastLetter = letterOf((items.at(-1)?.index ?? 0) - firstField);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = placeByKey(event.key, active, places.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    const place = places[next]!;
    focus.activate(items[place]!.index);
    onReveal(items[place]!.index, place);
  };

  return (
    <div
      ref={ref}
      className={stacked ? `${styles.fields} ${styles.stacked}` : styles.fields}
      role="listbox"
      tabIndex={0}
      aria-label={t('panel.fieldsLabel')}
      aria-activedescendant={focus.active === null || active < 0 ? undefined : `${id}-${focus.active}`}
      onKeyDown={onKeyDown}
      onFocus={() => active < 0 && items[0] && focus.activate(items[0].index)}
      onBlur={() => focus.activate(null)}
      style={
        {
          '--row': `${rowHeight}px`,
          '--letters': `${11 + 7 * lastLetter.length}px`,
          paddingTop: first * rowHeight,
          paddingBottom: (items.length - last) * rowHeight,
        } as CSSProperties
      }
    >
      {items
        .slice(first, last)
        .map((item, at) =>
          item.type === 'note' ? (
            <Note key={`note ${first + at}`} note={item.note} />
          ) : (
            <FieldRow
              key={item.index}
              id={`${id}-${item.index}`}
              index={item.index}
              field={fields[item.index]!}
              letter={letterOf(item.index - firstField)}
              malformed={items[first + at + 1]?.type === 'note'}
              hot={focus.hot === item.index}
              selected={focus.active === item.index}
            />
          ),
        )}
    </div>
  );
}

interface FieldRowProps {
  id: string;
  index: number;
  field: Meaning;
  letter: string;
  malformed: boolean;
  hot: boolean;
  selected: boolean;
}

function FieldRow({ id, index, field, letter, malformed, hot, selected }: FieldRowProps) {
  const { t } = useTranslation('inspect');
  const text = useMeaning()(field);
  return (
    <div
      id={id}
      className={hot ? `${styles.row} ${styles.hot}` : styles.row}
      role="option"
      aria-selected={selected}
      data-field={index}
    >
      <span className={`${styles.letter} ${roles[field.role]}`}>{letter}</span>
      <code title={field.name}>{field.name}</code>
      <span className={styles.meaning} title={text}>
        {text}
      </span>
      <span className={styles.role}>{t(`role.${field.role}`)}</span>
      {malformed && <span className={styles.spoken}>{t('panel.malformed')}</span>}
    </div>
  );
}

function Note({ note }: { note: Malformed }) {
  const { t } = useTranslation('inspect');
  const clause = clauseOf(note.reason);
  const text = t(`malformed.${note.reason}`) + (clause === null ? '' : ` ${clause}`);
  return (
    <div className={styles.note} role="option" aria-selected="false" title={text}>
      <b>{t('panel.malformed')}</b> {text}
    </div>
  );
}
