import { Redirect, Route, Switch } from 'wouter';
import { CheckPage, Course } from './home/index.ts';
import { lastPlace, LessonPage, NotFound } from './lessons/index.ts';

/** The routes. A link opens the same lesson and step for everyone. */
export function App() {
  return (
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
  );
}
