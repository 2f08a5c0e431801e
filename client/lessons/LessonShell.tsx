import { lazy, Suspense, useEffect, useRef, useState, type CSSProperties, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../lessons/index.ts';
import { loadPlaygroundTexts } from '../i18n/index.ts';
import { Icon, IconButton } from '../ui/index.ts';
import { TopBar } from './bar/TopBar.tsx';
import styles from './LessonShell.module.css';
import { usePanes } from './panes.ts';
import { PaneTabs } from './PaneTabs.tsx';
import { PlaygroundBoundary } from './PlaygroundBoundary.tsx';
import { ReadingPane } from './reading/ReadingPane.tsx';
import { Skeleton } from './Skeleton.tsx';
import { useSizes } from './split/sizes.ts';

/** The text is painted before anything of the playground is fetched. */
const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200); // a tab in the background is not painted
  });

const later = async () => {
  await painted();
  const [parts] = await Promise.all([import('./playground/index.ts'), loadPlaygroundTexts()]);
  return parts;
};
const Playground = lazy(async () => ({ default: (await later()).Playground }));
const Separator = lazy(async () => ({ default: (await later()).Separator }));
const LessonMenu = lazy(async () => ({ default: (await later()).LessonMenu }));

/** The drawer goes away when the playground under it is used, and by Esc. */
function useDrawerClosing(shell: RefObject<HTMLElement | null>): void {
  const drawer = usePanes((state) => state.drawer);
  useEffect(() => {
    if (!drawer) return;
    const { closeDrawer } = usePanes.getState();
    const onPointerDown = (event: PointerEvent) => {
      const target = event.target as Element;
      if (shell.current?.contains(target) && !target.closest('#pane-read')) closeDrawer();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && (event.target as Element).closest('#pane-read')) closeDrawer();
    };
    document.addEventListener('pointerdown', onPointerDown);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [drawer, shell]);
}

/** Top bar, reading pane and playground in their places, for every width. */
export function LessonShell({ lesson, step }: { lesson: LessonInfo; step: number }) {
  const { t } = useTranslation();
  const [menuOpen, setMenuOpen] = useState(false);
  const { phone, pane, drawer, toggleDrawer } = usePanes();
  const read = useSizes((state) => state.sizes.read);
  const shell = useRef<HTMLDivElement>(null);

  useEffect(() => useSizes.getState().open(lesson.id), [lesson.id]);
  useEffect(() => usePanes.getState().watchSwipes(shell.current!), []);
  useDrawerClosing(shell);

  return (
    <div className={styles.page}>
      <TopBar
        lesson={lesson}
        before={
          <IconButton
            className={styles.drawerButton}
            label={t(drawer ? 'nav.closeReading' : 'nav.openReading')}
            aria-expanded={drawer}
            aria-controls="pane-read"
            onClick={toggleDrawer}
          >
            <Icon name="menu" />
          </IconButton>
        }
        after={
          <IconButton
            className={styles.menuButton}
            label={t('nav.menu')}
            aria-haspopup="dialog"
            onClick={() => setMenuOpen(true)}
          >
            <Icon name="menu" />
          </IconButton>
        }
      />
      <main className={styles.main}>
        <PaneTabs />
        <div
          className={styles.shell}
          ref={shell}
          style={read === undefined ? undefined : ({ '--read': `${read}px` } as CSSProperties)}
        >
          <div
            id="pane-read"
            className={styles.read}
            role={phone ? 'tabpanel' : undefined}
            aria-labelledby={phone ? 'tab-read' : undefined}
            inert={phone && pane !== 'read'}
            data-drawer={drawer ? 'open' : 'closed'}
          >
            <article className={styles.article} aria-label={t('reading.label')}>
              <ReadingPane lesson={lesson} step={step} />
            </article>
          </div>
          <PlaygroundBoundary>
            <Suspense fallback={<Skeleton />}>
              <Separator
                name="read"
                line="vertical"
                pane="before"
                controls="pane-read"
                min={280}
                rest={640}
                className={styles.readSplit}
              />
              <Playground lesson={lesson} />
            </Suspense>
          </PlaygroundBoundary>
        </div>
      </main>
      {menuOpen && (
        <PlaygroundBoundary>
          <Suspense>
            <LessonMenu lesson={lesson} step={step} onClose={() => setMenuOpen(false)} />
          </Suspense>
        </PlaygroundBoundary>
      )}
    </div>
  );
}
