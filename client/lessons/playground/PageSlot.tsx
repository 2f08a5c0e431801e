import { useEffect, useRef, useState } from 'react';
import type { LessonInfo } from '../../../lessons/index.ts';
import { Stage } from '../../stage/index.ts';
import { useBrowserChoice } from './browser-choice.ts';
import styles from './PageSlot.module.css';

/**
 * The learner's page. Out of sight it is moved behind everything, never hidden: Chromium wakes the timers
 * of a cross-origin frame that is not displayed, or outside the window, once a second (measured: an
 * interval of 100 ms fired 6 times in 5 s), and polling would slow down with them. A covered frame runs on.
 */
export function PageSlot({ lesson, shown }: { lesson: LessonInfo; shown: boolean }) {
  const browser = useBrowserChoice(lesson);
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
        <Stage pages={lesson.pages} isRecorded={lesson.page !== 'server'} browser={browser} />
      </div>
    </div>
  );
}
