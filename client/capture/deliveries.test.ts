import { describe, expect, it } from 'vitest';
import { Deliveries, labelOf } from './deliveries.ts';

describe('Deliveries', () => {
  it('joins marks of one name, whichever comes first', () => {
    const deliveries = new Deliveries();
    deliveries.handledInPage({ name: 'b', t: 20 });
    deliveries.createdOnServer({ name: 'a', t: 5 });
    deliveries.createdOnServer({ name: 'b', t: 10 });
    expect(deliveries.ledger.snapshot()).toMatchObject([
      { name: 'a', created: 5, handled: null },
      { name: 'b', created: 10, handled: 20 },
    ]);
  });

  it('counts the first mark of a name on each side', () => {
    const deliveries = new Deliveries();
    deliveries.createdOnServer({ name: 'a', t: 5 });
    deliveries.createdOnServer({ name: 'a', t: 6 });
    expect(deliveries.handledInPage({ name: 'a', t: 9 })).toBe(true);
    expect(deliveries.handledInPage({ name: 'a', t: 12 })).toBe(false);
    expect(deliveries.ledger.snapshot()).toMatchObject([{ created: 5, handled: 9 }]);
  });

  it('keeps what is not over when it forgets', () => {
    const deliveries = new Deliveries();
    deliveries.createdOnServer({ name: 'old', t: 1 });
    deliveries.createdOnServer({ name: 'slow', t: 2 });
    deliveries.handledInPage({ name: 'slow', t: 50 });
    expect(deliveries.forget(10)).toBe(1);
    expect(deliveries.ledger.snapshot().map(({ name }) => name)).toEqual(['slow']);
  });

  it.each([
    ['message 3', '3'],
    ['message 12345', '12345'],
    ['tick', 'tic'],
    ['消息到达', '消息到'],
  ])('labels %s as %s', (name, label) => {
    expect(labelOf(name)).toBe(label);
  });
});
