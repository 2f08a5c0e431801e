import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { lastPlace, LessonPage, NotFound } from './lessons/index.ts';

const home = () => import('./home/index.ts');
const Course = lazy(async () => ({ default: (await home()).Course }));
const CheckPage = lazy(async () => ({ default: (await home()).CheckPage }));

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
          {({ lesson, step }) => <LessonPage lessonId={lesson} step={step} />}
        </Route>
        <Route path="/check" component={CheckPage} />
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  );
}
