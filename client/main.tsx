import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { initI18n } from './i18n/index.ts';
import { preloadLesson } from './lessons/index.ts';

/** Not awaited by the module itself: what it fetches imports the chunk that this module is in, and would wait for it. */
async function start(): Promise<void> {
  // The prose is fetched beside the texts, not after them: the first paint waits for both.
  await Promise.all([initI18n(), preloadLesson(location.pathname)]);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void start();
