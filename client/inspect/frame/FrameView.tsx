import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireMessage } from '../../capture/run.ts';
import { clauseOf, unmask } from '../../dissect/index.ts';
import type { FrameRecord } from '../../dissect/records.ts';
import type { FieldItem } from '../field-items.ts';
import { FieldList } from '../FieldList.tsx';
import { unrecordedRanges } from '../recorded.ts';
import { revealRow } from '../reveal.ts';
import type { FieldFocus } from '../use-field-focus.ts';
import { BitTable } from './BitTable.tsx';
import { contentOf } from './content.ts';
import { FrameFacts } from './FrameFacts.tsx';
import { RawLine } from './RawLine.tsx';
import { frameParts, placeOf } from './parts.ts';
import styles from './FrameView.module.css';

/** In px; fixed, so that long lists can be drawn in part. */
const LIST_ROW = 38;

interface FrameViewProps {
  message: WireMessage;
  record: FrameRecord;
  bytes: Uint8Array;
  focus: FieldFocus;
}

/** One frame as RFC 6455 §5.2 draws it, its bits beside what they mean. */
export function FrameView({ message, record, bytes, focus }: FrameViewProps) {
  const { t } = useTranslation('inspect');
  const listSide = useRef<HTMLDivElement>(null);
  const content = contentOf(message);
  const parts = useMemo(
    () => frameParts(record, message.direction, content),
    [record, message.direction, content],
  );
  const items = useMemo(() => itemsOf(record, parts), [record, parts]);
  const plain = useMemo(() => plainBytes(record, bytes), [record, bytes]);
  const unrecorded = useMemo(() => unrecordedRanges(message), [message]);
  const [hotByte, setHotByte] = useState<number | null>(null);

  const revealItem = (part: number) => {
    const list = listSide.current?.firstElementChild;
    const row = items.findIndex(({ type, index }) => type === 'field' && index === part);
    if (list instanceof HTMLElement) revealRow(list, row, LIST_ROW);
  };
  return (
    <div
      className={styles.view}
      onPointerOver={({ target }) => setHotByte(byteOf(target))}
      onPointerLeave={() => setHotByte(null)}
    >
      <div className={styles.frame}>
        <Violations record={record} />
        <BitTable
          {...{ record, parts, bytes, plain, unrecorded, focus, hotByte }}
          showsText={content?.inflatedSize == null}
          onActive={(part, byte) => {
            focus.activate(part);
            setHotByte(byte);
            if (part !== null) revealItem(part);
          }}
        />
        <RawLine {...{ record, parts, bytes, plain, unrecorded, content, hotByte }} hot={focus.hot} />
        <FrameFacts message={message} record={record} content={content} />
      </div>
      <div ref={listSide} className={styles.list} aria-label={t('panel.fieldsLabel')} role="group">
        <FieldList
          fields={parts}
          items={items}
          firstField={0}
          focus={focus}
          rowHeight={LIST_ROW}
          stacked
          onReveal={revealItem}
        />
      </div>
    </div>
  );
}

/** What breaks the protocol, in words, above the bits: the list has it too, at its place. */
function Violations({ record: { malformed } }: { record: FrameRecord }) {
  const { t } = useTranslation('inspect');
  return malformed.map(({ reason, offset }) => (
    <p key={`${offset} ${reason}`} className={styles.violation}>
      <b>{t('panel.malformed')}</b> {t(`malformed.${reason}`)} {clauseOf(reason)}
    </p>
  ));
}

/** The byte of the frame that an element stands for, named by `data-byte`. */
function byteOf(target: EventTarget): number | null {
  const byte =
    target instanceof Element ? target.closest<HTMLElement>('[data-byte]')?.dataset.byte : undefined;
  return byte === undefined ? null : Number(byte);
}

/** The payload without its mask. */
function plainBytes({ maskingKey, headerLength }: FrameRecord, bytes: Uint8Array): Uint8Array {
  const payload = bytes.subarray(headerLength);
  return maskingKey === null ? payload : unmask(payload, maskingKey, 0).slice();
}

/** The parts, each followed by what is wrong in it. */
function itemsOf(record: FrameRecord, parts: ReturnType<typeof frameParts>): FieldItem[] {
  return parts.flatMap((_, index) => [
    { type: 'field' as const, index },
    ...record.malformed
      .filter(({ reason }) => placeOf(reason, parts) === index)
      .map((note) => ({ type: 'note' as const, index, note })),
  ]);
}
