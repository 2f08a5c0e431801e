import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { loadChatTexts, loadHomeTexts, loadRaceTexts } from './i18n/index.ts';
import { lastPlace, LessonPage, preloadLesson, TopBar } from './lessons/index.ts';

const home = () => import('./home/index.ts');
// The course names the step where the learner stopped: that lesson is fetched with it.
const Course = lazy(async () => {
  const [{ Course }] = await Promise.all([home(), loadHomeTexts(), preloadLesson(lastPlace())]);
  return { default: Course };
});
const CheckPage = lazy(async () => ({ default: (await home()).CheckPage }));

const NotFound = lazy(async () => {
  const [{ NotFound }] = await Promise.all([home(), loadHomeTexts()]);
  return { default: NotFound };
});

const Choosing = lazy(async () => {
  const [{ Choosing }] = await Promise.all([import('./race/index.ts'), loadRaceTexts()]);
  return { default: Choosing };
});

const ChatPage = lazy(async () => {
  const [{ loadChatPage }] = await Promise.all([import('./chat/index.ts'), loadChatTexts()]);
  return { default: (await loadChatPage()).ChatPage };
});

/** The routes. A link opens the same lesson and step for everyone; what is no lesson is fetched when wanted. */
export function App() {
  return (
    <Suspense>
      <Switch>
        <Route path="/">
          <Redirect to={lastPlace()} replace />
        </Route>
        <Route path="/course" component={Course} />
        <Route path="/lessons/:lesson/:step?">
          {({ lesson, step }) => <LessonPage lessonId={lesson} step={step} otherwise={<NotFound />} />}
        </Route>
        <Route path="/chat" component={ChatPage} />
        <Route path="/check" component={CheckPage} />
        <Route path="/choosing">
          <Choosing top={<TopBar />} />
        </Route>
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  );
}
