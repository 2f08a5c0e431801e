/** A real browser of the Chromium family with a fresh profile. */
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../.ci/chromium.mjs';

/** Keeps the browser from traffic of its own, so that what is on the wire is the page's. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium's own sandbox does not start for root. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: [...QUIET, ...asRoot] });
}
