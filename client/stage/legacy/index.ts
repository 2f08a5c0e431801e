/**
 * Turns the learner's page into that of an old browser, as far as its scripts can tell: runs behind the runtime and
 * before the page's own scripts.
 *
 * In: the profile's name, and what the runtime hands over. Out: globals hidden and added, in the page and in frames of
 * its origin; what emulated objects do with the network, told as everything else is.
 * Knows nothing of React, of labs, or of how the wire is recorded. Nothing is faked there: every request is real.
 */
import type { Profile } from '#protocol/labs';
import { takeOver } from '../runtime/hand-over.ts';
import { applyTo } from './apply.ts';
import { become } from './become.ts';
import { createConnections } from './connections.ts';
import { accessibleWindow, type Emulation } from './emulation.ts';
import { BROWSERS, connectionsOf } from './profiles.ts';

const script = document.currentScript as HTMLScriptElement;
const browser = BROWSERS[script.dataset.profile as Profile];
script.remove();

const handedOver = takeOver(window);
if (handedOver) {
  /** By the realm's own Object: a frame that goes elsewhere keeps its window's identity. */
  const applied = new WeakSet<object>();
  const most = connectionsOf(browser);
  const emulation: Emulation = {
    ...handedOver,
    browser,
    connections: most === null ? null : createConnections(most),
    natives: { AbortController, MutationObserver, TextDecoder },
    apply(page) {
      const target = accessibleWindow(page);
      if (!target || applied.has(target.Object)) return;
      applied.add(target.Object);
      emulation.watch(target);
      applyTo(target, emulation);
    },
  };
  if (handedOver.becomes !== null) become(window, handedOver.becomes, emulation);
  emulation.apply(window);
}
