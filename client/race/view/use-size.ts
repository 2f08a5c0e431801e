import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { zoomOf } from '../../ui/index.ts';

/** The size of an element, CSS px; 0 before it is known. */
export function useSize<E extends Element>(): [RefObject<E | null>, { width: number; height: number }] {
  const element = useRef<E>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const watched = element.current!;
    const measure = (): void => {
      const box = watched.getBoundingClientRect();
      const zoom = zoomOf(watched);
      const [width, height] = [box.width / zoom, box.height / zoom];
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    measure();
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
