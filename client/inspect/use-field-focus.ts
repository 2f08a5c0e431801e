import { useState, type PointerEvent } from 'react';

/** Which field is lit on both sides: the one pointed at, else the one reached by keyboard or click. */
export interface FieldFocus {
  hot: number | null;
  active: number | null;
  activate: (field: number | null) => void;
  /** To be spread over what holds both sides; elements name their field by `data-field`. */
  pointer: {
    onPointerOver: (event: PointerEvent<HTMLElement>) => void;
    onPointerLeave: () => void;
  };
}

/** One field, lit everywhere at once. */
export function useFieldFocus(): FieldFocus {
  const [pointed, setPointed] = useState<number | null>(null);
  const [active, setActive] = useState<number | null>(null);
  return {
    hot: pointed ?? active,
    active,
    activate: setActive,
    pointer: {
      onPointerOver: (event) => setPointed(fieldOf(event.target)),
      onPointerLeave: () => setPointed(null),
    },
  };
}

/** The field that an element belongs to. */
export function fieldOf(target: EventTarget): number | null {
  const field =
    target instanceof Element ? target.closest<HTMLElement>('[data-field]')?.dataset.field : undefined;
  return field === undefined ? null : Number(field);
}

/**
 * Where a key leads in a list of `count` places.
 *
 * @returns The new place; null when the key means nothing here.
 */
export function placeByKey(key: string, place: number, count: number): number | null {
  const targets: Record<string, number> = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + 8,
    PageUp: place - 8,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  if (target === undefined || count === 0) return null;
  return Math.max(0, Math.min(count - 1, target));
}
