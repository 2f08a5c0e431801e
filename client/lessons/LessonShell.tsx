import {
  lazy,
  Suspense,
  useEffect,
  useRef,
  useState,
  type ComponentType,
  type CSSProperties,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../lessons/index.ts';
import { loadPlaygroundTexts, loadRaceTexts } from '../i18n/index.ts';
import { Icon, IconButton } from '../ui/index.ts';
import { TopBar } from './bar/TopBar.tsx';
import type { LessonMenu } from './LessonMenu.tsx';
import styles from './LessonShell.module.css';
import { PANES, usePanes } from './panes.ts';
import { PaneTabs } from './PaneTabs.tsx';
import { PlaygroundBoundary } from './PlaygroundBoundary.tsx';
import { togglePresenting, usePresentation, usePresenting } from './present/presenting.ts';
import { ReadingPane } from './reading/ReadingPane.tsx';
import { Skeleton } from './Skeleton.tsx';
import type { Separator } from './split/Separator.tsx';
import { useSizes } from './split/sizes.ts';

/** The text is painted before anything of the playground is fetched. */
const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200); // a tab in the background is not painted
  });

/** What is fetched behind the text, by what stands beside it. */
const behind = <Props,>(
  fetch: () => Promise<{
    Stage: ComponentType<Props>;
    Separator: typeof Separator;
    LessonMenu: typeof LessonMenu;
  }>,
) => {
  const later = async () => {
    await painted();
    return fetch();
  };
  return {
    Stage: lazy(async () => ({ default: (await later()).Stage })),
    Separator: lazy(async () => ({ default: (await later()).Separator })),
    LessonMenu: lazy(async () => ({ default: (await later()).LessonMenu })),
  };
};
const STAGES = {
  playground: behind(async () => {
    const [{ Playground, Separator, LessonMenu }] = await Promise.all([
      import('./playground/index.ts'),
      loadPlaygroundTexts(),
    ]);
    return { Stage: Playground, Separator, LessonMenu };
  }),
  race: behind(async () => {
    const [{ RaceStage, Separator, LessonMenu }] = await Promise.all([
      import('./race/index.ts'),
      loadRaceTexts(),
    ]);
    return { Stage: RaceStage, Separator, LessonMenu };
  }),
};

const Caption = lazy(async () => ({ default: (await import('./present/Caption.tsx')).Caption }));

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
  const { phone, pane, drawer, textHidden, toggleDrawer } = usePanes();
  const stage = lesson.stage ?? 'playground';
  const { Stage, Separator, LessonMenu } = STAGES[stage];
  const read = useSizes((state) => state.sizes.read);
  const shell = useRef<HTMLDivElement>(null);
  const zoom = usePresenting();
  const isPresented = zoom !== null;

  usePresentation(isPresented);
  useEffect(() => useSizes.getState().open(lesson.id), [lesson.id]);
  useEffect(() => usePanes.setState({ panes: PANES[stage] }), [stage]);
  useEffect(() => usePanes.getState().watchSwipes(shell.current!), []);
  useDrawerClosing(shell);

  return (
    <div
      className={styles.page}
      data-present={isPresented || undefined}
      style={isPresented ? ({ '--zoom': zoom } as CSSProperties) : undefined}
    >
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
          <>
            <IconButton
              className={styles.presentButton}
              label={t('present.begin')}
              aria-keyshortcuts="P"
              onClick={togglePresenting}
            >
              <Icon name="present" />
            </IconButton>
            <IconButton
              className={styles.menuButton}
              label={t('nav.menu')}
              aria-haspopup="dialog"
              onClick={() => setMenuOpen(true)}
            >
              <Icon name="menu" />
            </IconButton>
          </>
        }
      />
      <main className={styles.main}>
        <div id="lesson-notice" />
        <PaneTabs />
        <div
          className={styles.shell}
          data-text={stage === 'race' && textHidden ? 'hidden' : undefined}
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
            <Suspense fallback={<Skeleton stage={stage} />}>
              <Separator
                name="read"
                line="vertical"
                pane="before"
                controls="pane-read"
                min={280}
                rest={640}
                className={styles.readSplit}
              />
              <Stage lesson={lesson} step={step} />
            </Suspense>
          </PlaygroundBoundary>
        </div>
      </main>
      {isPresented && (
        <Suspense>
          <Caption key={step} lesson={lesson} step={step} />
        </Suspense>
      )}
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
