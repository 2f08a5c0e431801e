import { useId, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { clauseOf } from '../dissect/index.ts';
import type { Field, HttpMessageRecord } from '../dissect/records.ts';
import { offsetText, visibleText } from './bytes-text.ts';
import type { Handshake } from './handshake.ts';
import { HandshakeSteps } from './HandshakeSteps.tsx';
import { headLines, isRequestLine, type HeadLine } from './lines.ts';
import { fieldOf, placeByKey, type FieldFocus } from './use-field-focus.ts';
import { useMeaning } from './use-meaning.ts';
import roles from './roles.module.css';
import styles from './LinesView.module.css';

interface LinesViewProps {
  record: HttpMessageRecord;
  /** Of the record. */
  fields: readonly Field[];
  bytes: Uint8Array;
  focus: FieldFocus;
  /** The handshake that this head is half of. */
  handshake: Handshake | null;
}

/** The head of a message line by line: offset, the bytes as text in the colours of their roles, meaning. */
export function LinesView({ record, fields, bytes, focus, handshake }: LinesViewProps) {
  const { t } = useTranslation('inspect');
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => headLines(record, fields), [record, fields]);
  const activeLine = lines.findIndex((line) => focus.active !== null && line.fields.includes(focus.active));

  const go = (field: number, line: number) => {
    focus.activate(field);
    list.current?.children[line]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[activeLine];
    let place = placeByKey(event.key, activeLine, lines.length);
    let field = place === null ? undefined : lines[place]!.main;
    // Within a line: from field to field.
    if (line && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      const next = line.fields.indexOf(focus.active!) + (event.key === 'ArrowRight' ? 1 : -1);
      place = activeLine;
      field = line.fields[next] ?? focus.active!;
    }
    if (place === null || field === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    go(field, place);
  };

  return (
    <div
      ref={list}
      className={styles.lines}
      role="listbox"
      tabIndex={0}
      aria-label={t('panel.linesLabel')}
      aria-activedescendant={activeLine < 0 ? undefined : `${id}-${activeLine}`}
      onKeyDown={onKeyDown}
      onFocus={() => activeLine < 0 && lines[0] && focus.activate(lines[0].main)}
      onBlur={() => focus.activate(null)}
      onClick={(event) => focus.activate(fieldOf(event.target))}
    >
      {lines.map((line, index) => (
        <Line
          key={line.from}
          id={`${id}-${index}`}
          line={line}
          fields={fields}
          bytes={bytes}
          hot={focus.hot !== null && line.fields.includes(focus.hot) ? focus.hot : null}
          selected={index === activeLine}
          handshake={isHeader(line, bytes, handshake?.shownAt) ? handshake : null}
        />
      ))}
    </div>
  );
}

interface LineProps {
  id: string;
  line: HeadLine;
  /** Of the record. */
  fields: readonly Field[];
  bytes: Uint8Array;
  /** The lit field, when it is in this line. */
  hot: number | null;
  selected: boolean;
  /** To be judged at this line. */
  handshake: Handshake | null;
}

/** Is this the line of the header with that name, in lower case? */
function isHeader(line: HeadLine, bytes: Uint8Array, name: string | undefined): boolean {
  if (name === undefined) return false;
  const start = visibleText(bytes.subarray(line.from, line.from + name.length + 1));
  return start.toLowerCase() === `${name}:`;
}

function Line({ id, line, fields, bytes, hot, selected, handshake }: LineProps) {
  const { t } = useTranslation('inspect');
  const meaning = useMeaning();
  const wholeLine = hot === null && isRequestLine(fields, line);
  const shown = fields[hot ?? line.main]!;
  return (
    <div
      id={id}
      className={hot === null ? styles.line : `${styles.line} ${styles.hotLine}`}
      role="option"
      aria-selected={selected}
      data-field={line.main}
    >
      <span className={styles.offset}>{offsetText(line.from)}</span>
      <code className={styles.text}>
        {line.fields.map((index) => {
          const { start, end, role } = fields[index]!;
          const lit = index === hot ? ` ${styles.hot}` : '';
          return (
            <span key={start} className={`${styles.run} ${roles[role]}${lit}`} data-field={index}>
              {visibleText(bytes.subarray(start, end))}
            </span>
          );
        })}
      </code>
      <span className={styles.meaning}>
        {wholeLine ? t('line.request') : meaning(shown)}
        <small>{t(`role.${shown.role}`)}</small>
      </span>
      {handshake && <HandshakeSteps handshake={handshake} />}
      {line.malformed.map(({ offset, reason }) => (
        <span key={`${offset} ${reason}`} className={styles.note}>
          <b>{t('panel.malformed')}</b> {t(`malformed.${reason}`)} {clauseOf(reason)}{' '}
          <small>{t('panel.offset', { offset: offsetText(offset) })}</small>
        </span>
      ))}
    </div>
  );
}
