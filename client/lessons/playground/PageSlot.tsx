import { useEffect, useRef, useState } from 'react';
import { Stage } from '../../stage/index.ts';
import styles from './PageSlot.module.css';

/**
 * The learner's page. Out of sight it is moved behind everything, never hidden: Chromium slows the
 * timers of a cross-origin frame that is hidden or outside the window, and a run would slow down with them.
 */
export function PageSlot({ shown }: { shown: boolean }) {
  const slot = useRef<HTMLDivElement>(null);
  const [inWindow, setInWindow] = useState(true);

  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setInWindow(entry!.isIntersecting));
    observer.observe(slot.current!);
    return () => observer.disconnect();
  }, []);

  const visible = shown && inWindow;
  return (
    <div ref={slot} className={styles.slot}>
      <div className={styles.frame} data-visible={visible} inert={!visible}>
        <Stage />
      </div>
    </div>
  );
}
