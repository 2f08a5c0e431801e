import type { TFunction } from 'i18next';
import { kindOf, ordinalOf, speakerOf } from '../capture/index.ts';
import type { MessageList, WireMessage } from '../capture/run.ts';
import { count, seconds } from './format.ts';
import { sizeOf, titleOf } from './messages.ts';

/** One message in a sentence, for those who hear the wire instead of seeing it. */
export function describe(t: TFunction<'wire'>, messages: MessageList, message: WireMessage): string {
  const parts = [
    message.unasked
      ? t('describe.kind.unasked')
      : t(`describe.kind.${kindOf(message)}`, { number: ordinalOf(messages, message) }),
    titleOf(message).long,
    t(`describe.from.${speakerOf(message)}`),
    t('describe.sent', { time: seconds(message.sent) }),
    message.arrived !== null
      ? t('describe.arrived', { time: seconds(message.arrived) })
      : t(message.lost ? 'describe.lost' : 'describe.underWay'),
    t('describe.bytes', { count: sizeOf(message), bytes: count(sizeOf(message)) }),
    t('describe.connection', { number: message.connection }),
    ...(message.deliveries.length > 0
      ? [t('describe.carries', { names: message.deliveries.join(t('describe.and')) })]
      : []),
  ];
  return parts.join(t('describe.comma'));
}
