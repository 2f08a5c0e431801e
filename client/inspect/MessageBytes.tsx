import type { SourcePosition } from '#protocol/errors';
import { useMemo, useState } from 'react';
import type { WireMessage } from '../capture/run.ts';
import { isHttpMessage } from '../dissect/records.ts';
import { useLab } from '../lab/index.ts';
import { isBinary } from './bytes-text.ts';
import { BorderStrip } from './borders/BorderStrip.tsx';
import { fieldsOfMessage } from './fields.ts';
import { FrameView } from './frame/FrameView.tsx';
import { handshakeOf } from './handshake.ts';
import { HexView } from './HexView.tsx';
import { LinesView } from './LinesView.tsx';
import { unrecordedRanges, type Range } from './recorded.ts';
import { FOLD_ABOVE, foldedPart } from './rows.ts';
import { useFieldFocus } from './use-field-focus.ts';
import type { View } from './ViewSwitch.tsx';
import styles from './MessageBytes.module.css';

interface MessageBytesProps {
  message: WireMessage;
  view: View;
  onOpenPosition: (position: SourcePosition) => void;
}

/** All bytes of one message, with their meaning beside them. */
export function MessageBytes({ message, view, onOpenPosition }: MessageBytesProps) {
  const bytesOf = useLab((lab) => lab.bytesOf);
  const bytes = useMemo(() => bytesOf(message), [bytesOf, message]);
  const run = useLab((lab) => lab.run);
  const fields = useMemo(() => fieldsOfMessage(run, message, bytesOf), [run, message, bytesOf]);
  const unrecorded = useMemo(() => unrecordedRanges(message), [message]);
  const [showAll, setShowAll] = useState(false);
  const focus = useFieldFocus();
  const handshake = useMemo(() => handshakeOf(run, message), [run, message]);

  const { record } = message;
  const whole: Range = { from: 0, to: record.end - record.start };
  const body: Range = { from: isHttpMessage(record) ? record.bodyStart : 0, to: whole.to };
  const binary = useMemo(() => isBinary(bytes.subarray(body.from)), [bytes, body.from]);
  const hex = {
    strip: <BorderStrip message={message} onOpenPosition={onOpenPosition} />,
    record,
    fields,
    bytes,
    unrecorded,
    focus,
    fold: showAll ? null : foldedPart(body, binary),
    onShowAll: () => setShowAll(true),
  };

  if (record.kind === 'frame') {
    return (
      <div className={styles.whole} {...focus.pointer}>
        <FrameView message={message} record={record} bytes={bytes} focus={focus} />
      </div>
    );
  }
  // A head of that size is no longer read line by line, and its lines are all drawn.
  if (!isHttpMessage(record) || view === 'hex' || record.bodyStart > FOLD_ABOVE) {
    return (
      <div className={styles.whole} {...focus.pointer}>
        <HexView {...hex} range={whole} scrolls />
      </div>
    );
  }
  return (
    <div className={styles.scroller} {...focus.pointer}>
      <LinesView {...{ record, fields, bytes, focus, handshake }} />
      {body.to > body.from && <HexView {...hex} range={body} />}
    </div>
  );
}
