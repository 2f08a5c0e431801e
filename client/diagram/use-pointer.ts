import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { pictureNow } from './keys.ts';
import { useTimeline, viewAt } from './view-store.ts';

interface Handlers {
  /** Height of the ruler, where a drag measures instead of panning. */
  ruler: number;
  /** Where the playhead stands, px, when it can be dragged; else null. */
  playhead(): number | null;
  /** The playhead was dragged to this lab time. */
  onScrub(t: number): void;
  onClick(x: number, y: number, touch: boolean): void;
  onHover(x: number, y: number): void;
  onLeave(): void;
}

/** A press becomes a drag beyond this distance. */
const DRAG_PX = 4;
/** Half the width of the playhead's flag. */
const FLAG_REACH_PX = 30;
/** Wheel travel of one zoom step: three notches of a trackpad's pinch, one of a mouse wheel. */
const WHEEL_PX_PER_STEP = 60;

interface Gesture {
  pointers: Map<number, number>;
  mode: 'none' | 'press' | 'pan' | 'measure' | 'scrub' | 'pinch';
  x: number;
  /** Distance of two fingers, px, and the span when they came down. */
  pinch: { distance: number; span: number } | null;
}

/** Pan, measure, pinch, click and wheel on the band's surface. */
export function usePointer(surface: RefObject<HTMLDivElement | null>, handlers: Handlers) {
  const gesture = useRef<Gesture>({ pointers: new Map(), mode: 'none', x: 0, pinch: null });
  useWheel(surface);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const { x, y } = placeOf(event);
    const { current } = gesture;
    current.pointers.set(event.pointerId, x);
    current.x = x;
    if (current.pointers.size === 2) {
      current.mode = 'pinch';
      current.pinch = { distance: distanceOf(current), span: useTimeline.getState().span };
    } else {
      const playhead = handlers.playhead();
      const isOnFlag = playhead !== null && Math.abs(x - playhead) <= FLAG_REACH_PX;
      current.mode = y >= handlers.ruler ? 'press' : isOnFlag ? 'scrub' : 'measure';
      if (current.mode === 'scrub') useTimeline.getState().setPlaying(false);
      useTimeline.getState().setMeasure(null);
    }
    // Synthetic events have no active pointer to capture.
    if (event.isTrusted) event.currentTarget.setPointerCapture(event.pointerId);
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { x, y } = placeOf(event);
    const { current } = gesture;
    const { pan, setMeasure, zoomTo } = useTimeline.getState();
    if (!current.pointers.has(event.pointerId)) {
      handlers.onHover(x, y);
      return;
    }
    const before = current.pointers.get(event.pointerId) ?? x;
    current.pointers.set(event.pointerId, x);
    if (current.mode === 'pinch' && current.pinch && current.pointers.size === 2) {
      const middle = [...current.pointers.values()].reduce((sum, each) => sum + each, 0) / 2;
      const span = (current.pinch.span * current.pinch.distance) / distanceOf(current);
      zoomTo(span, pictureNow(), timeAt(middle));
    } else if (current.mode === 'measure') {
      if (Math.abs(x - current.x) >= DRAG_PX) setMeasure({ from: timeAt(current.x), to: timeAt(x) });
    } else if (current.mode === 'scrub') {
      if (Math.abs(x - current.x) >= 1) handlers.onScrub(timeAt(x));
    } else if (current.mode === 'pan') {
      pan((before - x) * msPerPx(), pictureNow());
    } else if (current.mode === 'press' && Math.abs(x - current.x) >= DRAG_PX) {
      current.mode = 'pan';
      pan((current.x - x) * msPerPx(), pictureNow());
      handlers.onLeave();
    }
  };

  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const { current } = gesture;
    if (!current.pointers.delete(event.pointerId)) return;
    if (current.mode === 'press' && event.type === 'pointerup') {
      const { x, y } = placeOf(event);
      handlers.onClick(x, y, event.pointerType === 'touch');
    }
    // The finger that stays after a pinch does nothing until it is lifted.
    current.mode = 'none';
    current.pinch = null;
  };

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel: onPointerUp,
    onPointerLeave: handlers.onLeave,
  };
}

function useWheel(surface: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    let travelled = 0;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { pan, zoom } = useTimeline.getState();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (!event.ctrlKey && !event.metaKey) {
        const delta = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
        pan(delta * unit * msPerPx(), pictureNow());
        return;
      }
      travelled += event.deltaY * unit;
      if (Math.abs(travelled) < WHEEL_PX_PER_STEP) return;
      zoom(travelled < 0 ? 'in' : 'out', pictureNow(), timeAt(placeIn(element, event.clientX)));
      travelled = 0;
    };
    // React's own wheel listener is passive and could not keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [surface]);
}

/** Coordinates within the surface, also when CSS `zoom` scales it (the presenter mode does). */
function placeOf(event: PointerEvent<HTMLDivElement>): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect();
  const scale = box.width / event.currentTarget.clientWidth || 1;
  return { x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale };
}

function placeIn(element: HTMLElement, clientX: number): number {
  const box = element.getBoundingClientRect();
  return (clientX - box.left) / (box.width / element.clientWidth || 1);
}

function distanceOf({ pointers }: Gesture): number {
  const [a = 0, b = 0] = pointers.values();
  return Math.max(20, Math.abs(a - b));
}

function msPerPx(): number {
  const { span, width } = useTimeline.getState();
  return span / Math.max(width, 1);
}

function timeAt(x: number): number {
  return viewAt(useTimeline.getState(), pictureNow()).start + x * msPerPx();
}
