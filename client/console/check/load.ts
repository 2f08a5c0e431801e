import { loadPlaygroundTexts } from '../../i18n/index.ts';

/** Fetches the self-check with its texts; a second call costs nothing. */
export async function loadSelfCheck() {
  const [{ SelfCheckPage }] = await Promise.all([import('./SelfCheckPage.tsx'), loadPlaygroundTexts()]);
  return SelfCheckPage;
}
