/** A race as a picture on its own: an SVG that needs neither style sheet nor page. */
import type { Technique } from '#protocol/chat';
import { median } from '../../capture/index.ts';
import { railsOf, shapesOf } from '../model/geometry.ts';
import { delaysOf, type RaceResult, type Track } from '../model/result.ts';
import { scaleOf, type Scale } from '../model/scale.ts';
import { stripEnd, stripOf } from '../model/strip.ts';
import { durationText, grouped, overheadOf } from '../view/words.ts';
import type { Palette } from './palette.ts';

export interface PictureWords {
  name(technique: Technique): string;
  events: string;
  delay: string;
  median: string;
  requests: string;
  bytes: string;
  overhead: string;
}

const WIDTH = 1280;
const HEAD = 40;
const TRACK = 96;
const FOOT = 30;
const LABEL = 180;
const TIME = 700;
const STRIP = 140;
/** Right ends of the figures behind the strip, from its left. */
const COLUMNS = { median: 232, requests: 286, bytes: 344, overhead: 394 };

export function pictureOf(result: RaceResult, colours: Palette, words: PictureWords): string {
  const height = HEAD + result.tracks.length * TRACK + FOOT;
  const scale = scaleOf(result, TIME);
  const longest = stripEnd(result.tracks.flatMap((track) => delaysOf(track, result.messages)));
  const figures = LABEL + TIME + 16;
  const text = (x: number, y: number, said: string, rest = ''): string =>
    `<text x="${x}" y="${y}" fill="${colours['ink-2']}" ${rest}>${escaped(said)}</text>`;
  const parts = [
    `<rect width="${WIDTH}" height="${height}" fill="${colours.sheet}"/>`,
    text(16, 25, words.events, `font-weight="650" style="fill:${colours.server}"`),
    text(figures, 25, words.delay),
    text(figures + COLUMNS.median, 25, words.median, END),
    text(figures + COLUMNS.requests, 25, words.requests, END),
    text(figures + COLUMNS.bytes, 25, words.bytes, END),
    text(figures + COLUMNS.overhead, 25, words.overhead, END),
    ...result.messages.map(({ published }, index) =>
      published === null
        ? ''
        : `<rect x="${LABEL + scale.x(published) - 8}" y="14" width="16" height="16" rx="2" fill="${colours.server}"/>` +
          `<text x="${LABEL + scale.x(published)}" y="26" ${MIDDLE} font-size="11" fill="${colours['on-server']}">${index + 1}</text>`,
    ),
    ...result.tracks.map((track, index) =>
      group(0, HEAD + index * TRACK, trackPicture(track, result, scale, longest, colours, words)),
    ),
    group(
      LABEL,
      height - FOOT,
      scale.ticks
        .map((t) => text(scale.x(t), 18, t === 0 ? '0 s' : String(t / 1000), t === 0 ? '' : MIDDLE))
        .join(''),
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12.5">${parts.join('')}</svg>\n`;
}

const END = 'text-anchor="end"';
const MIDDLE = 'text-anchor="middle"';

function trackPicture(
  track: Track,
  result: RaceResult,
  scale: Scale,
  longest: number,
  colours: Palette,
  words: PictureWords,
): string {
  const figures = LABEL + TIME + 16;
  const delays = delaysOf(track, result.messages);
  const middle = median(delays);
  const { dots, x } = stripOf(delays, longest, STRIP, 56);
  const y = TRACK / 2;
  const figure = (at: number, said: string): string =>
    `<text x="${figures + at}" y="${y + 5}" ${END} font-size="15" font-weight="650" fill="${colours.ink}">${escaped(said)}</text>`;
  return [
    `<path d="M0 0H${WIDTH}" stroke="${colours.line}"/>`,
    `<text x="16" y="${y + 5}" font-size="15" font-weight="650" fill="${colours.ink}">${escaped(words.name(track.technique))}</text>`,
    group(LABEL, 0, wire(track, result, scale, colours)),
    group(
      figures,
      y - 28,
      `<path d="M0 28H${STRIP}" stroke="${colours['line-3']}"/>` +
        dots.map((dot) => circle(dot.x, dot.y, 3.4, colours)).join('') +
        (middle === null ? '' : `<path d="M${x(middle)} 4V52" stroke="${colours.ink}" stroke-width="2"/>`),
    ),
    figure(COLUMNS.median, middle === null ? '–' : durationText(middle)),
    figure(COLUMNS.requests, String(track.requests)),
    figure(COLUMNS.bytes, grouped(track.bytes)),
    figure(COLUMNS.overhead, `${overheadOf(track)} %`),
  ].join('');
}

function wire(track: Track, result: RaceResult, scale: Scale, colours: Palette): string {
  const rails = railsOf(TRACK);
  const shapes = shapesOf(track, result.messages, scale, rails, result.to, result.settings.latencyMs);
  const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, rest = ''): string =>
    `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${stroke}" ${rest}/>`;
  return [
    ...scale.ticks.map((t) => line(scale.x(t), 0, scale.x(t), TRACK, colours['grid-2'])),
    ...shapes.washes.map(
      ({ d, socket }) => `<path d="${d}" fill="${socket ? colours.ink : colours.server}" opacity="0.06"/>`,
    ),
    ...result.messages.map(({ published }) =>
      published === null
        ? ''
        : line(scale.x(published), 0, scale.x(published), TRACK, colours['line-3'], 'stroke-dasharray="2 3"'),
    ),
    line(0, rails.browser, TIME, rails.browser, colours.browser, 'stroke-width="1.75"'),
    line(0, rails.server, TIME, rails.server, colours.server, 'stroke-width="1.75"'),
    ...shapes.holds.map(
      ({ x, width }) =>
        `<rect x="${x}" y="${rails.server - 2.5}" width="${width}" height="5" fill="${colours.server}"/>`,
    ),
    ...shapes.strokes.map(({ x1, y1, x2, y2, stroke }) =>
      line(
        x1,
        y1,
        x2,
        y2,
        stroke.direction === 'up' ? colours.browser : colours.server,
        `stroke-width="1.75"${stroke.empty ? ' stroke-dasharray="3 3"' : ''}`,
      ),
    ),
    ...shapes.cuts.map((x) =>
      line(x, rails.browser - 6, x, rails.server + 6, colours.bad, 'stroke-width="2"'),
    ),
    ...shapes.waits.map(
      ({ x, y, width }) =>
        `<rect x="${x}" y="${y}" width="${width}" height="4" fill="${colours.server}" opacity="0.42"/>`,
    ),
    ...shapes.dots.map(({ x, y }) => circle(x, y, 4.6, colours)),
  ].join('');
}

function circle(x: number, y: number, r: number, colours: Palette): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${colours.server}" stroke="${colours.sheet}"/>`;
}

function group(x: number, y: number, inner: string): string {
  return `<g transform="translate(${x} ${y})">${inner}</g>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
