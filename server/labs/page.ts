/**
 * The platform's own files on a lab's origin: the learner's page, with our scripts in front.
 *
 * They travel on connections of their own (each is closed after its answer), so that the recorded wire carries the
 * learner's traffic only. Where a browser asks for them on one that it has kept open from talking to server.js, that
 * connection ends for server.js, as if the browser had closed it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Value } from 'typebox/value';
import { PLATFORM_PATH } from '../sockets/index.ts';
import type { Lab } from './lab.ts';
import { realAddress, realInHtml } from './addresses.ts';
import { guardLoops } from './loop-guard.ts';
import { Profile } from './protocol.ts';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

/**
 * Sources of what we put into a page: the runtime, behind it the emulation of an old browser when the lab asks for one,
 * and into that of a lab whose server is the room the transports.
 */
export interface PageScripts {
  runtime: string;
  legacy: string;
  transports: string;
}

/** The page of a lab whose server is the room. */
const ROOM_PAGE = `<!doctype html>
<meta charset="utf-8">
<title>transports</title>
<body><script src="transports.js"></script>
`;

export function createPlatform(scripts: PageScripts): {
  serve(lab: Lab, socket: Socket): void;
  close(): void;
} {
  const owners = new WeakMap<Socket, Lab>();
  const server = createServer((request, response) => {
    const lab = owners.get(request.socket);
    if (lab === undefined) request.socket.destroy();
    else answer(lab, scripts, request, response);
  });
  return {
    serve(lab, socket) {
      owners.set(socket, lab);
      server.emit('connection', socket);
    },
    close: () => server.closeAllConnections(),
  };
}

function answer(lab: Lab, scripts: PageScripts, request: IncomingMessage, response: ServerResponse): void {
  const [path = '', query] = (request.url ?? '').split('?');
  const [run = '', ...rest] = path.slice(PLATFORM_PATH.length).split('/');
  const name = decode(rest.join('/')) || 'index.html';
  response.setHeader('Connection', 'close');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (Number(run) !== lab.run) return end(response, 404, 'txt', 'This run is over.\n');
  if (name === 'runtime.js') return end(response, 200, 'js', scripts.runtime);
  if (name === 'legacy.js') return end(response, 200, 'js', scripts.legacy);
  if (name === 'frame' && lab.profile) return end(response, 200, 'html', frameOf(lab));
  if (lab.servesRoom && name === 'transports.js') return end(response, 200, 'js', scripts.transports);
  if (lab.servesRoom && name === 'index.html') {
    const asked = new URLSearchParams(query).get('profile');
    const profile = Value.Check(Profile, asked) ? asked : null;
    const { run, caller, origins } = lab;
    const files = { 'transports.js': scripts.transports };
    return end(response, 200, 'html', pageOf(ROOM_PAGE, { run, caller, origins, files, profile }));
  }
  const source = Object.hasOwn(lab.files, name) ? lab.files[name] : undefined;
  if (source === undefined || name === 'server.js')
    return end(response, 404, 'txt', `There is no ${name} in this lab.\n`);
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (extension === 'html') {
    // The page gets a process of its own: an endless loop in it does not freeze the app (measured in Chromium).
    response.setHeader('Origin-Agent-Cluster', '?1');
    return end(response, 200, 'html', pageOf(source, lab));
  }
  return end(
    response,
    200,
    extension,
    extension === 'js' || extension === 'mjs' ? guardLoops(source, name) : source,
  );
}

function end(response: ServerResponse, status: number, extension: string, body: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', TYPES[extension] ?? 'application/octet-stream');
  response.end(body);
}

/**
 * The learner's HTML with our scripts before anything that can run, and with relative addresses of lab
 * files made absolute, because the runtime shows the page under `/`; those that name a port of the lab get its real one.
 */
export function pageOf(html: string, lab: PageLab): string {
  const base = baseOf(lab);
  const rewritten = html.replace(
    /(\s(?:src|href)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi,
    (all, before: string, double?: string, single?: string, bare?: string) => {
      const name = (double ?? single ?? bare ?? '').replace(/^\.?\//, '');
      return Object.hasOwn(lab.files, name) && name !== 'server.js'
        ? `${before}"${base}${encodeURI(name)}"`
        : all;
    },
  );
  const { origins } = lab;
  // On the line of the doctype or of the first tag: the learner's line numbers must not move.
  const doctype = /^\s*<!doctype[^>]*>/i.exec(rewritten)?.[0] ?? '';
  const body = realInHtml(rewritten.slice(doctype.length), (url) => realAddress(url, origins));
  return doctype + scriptsOf(lab) + body;
}

type PageLab = Pick<Lab, 'run' | 'files' | 'caller' | 'origins' | 'profile'>;

/**
 * A document that has the emulation in it, and then becomes the one of the same origin that its query names. Frames
 * of another origin of the lab begin with it: nobody else could put an old browser there.
 */
export function frameOf(lab: Omit<PageLab, 'files'>): string {
  return `<!doctype html>${scriptsOf(lab, true)}`;
}

const baseOf = ({ run }: Pick<Lab, 'run'>): string => `${PLATFORM_PATH}${run}/`;

/** The runtime, and behind it the emulation when the lab asks for one. */
function scriptsOf(lab: Omit<PageLab, 'files'>, isFrame = false): string {
  const { run, caller, origins, profile } = lab;
  const data = Object.entries({
    run,
    app: caller.appOrigin,
    origins: JSON.stringify(origins),
    ...(profile && { profile }),
    ...(isFrame && { frame: '' }),
  })
    .map(([key, value]) => ` data-${key}="${attribute(String(value))}"`)
    .join('');
  const runtime = `<script src="${baseOf(lab)}runtime.js"${data}></script>`;
  return profile
    ? `${runtime}<script src="${baseOf(lab)}legacy.js" data-profile="${profile}"></script>`
    : runtime;
}

function attribute(value: string): string {
  return value.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
