// Runs server.js and serves the page beside it, as the course does: `npm start`. Plain Node, no packages.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Server } from 'node:net';
import { basename, extname } from 'node:path';

/** Where the page comes from, its documents, and the old browser that it pretends to be. */
const { page, documents, profile } = JSON.parse(await read('lab.json'));

/** The page's own path, apart from every path of server.js. A script in it then shows `/` as its address. */
const BASE = '/.lab/1/';

/** A client that says nothing is handed to server.js after this long: it may wait for the server to speak first. */
const SILENT_MS = 1000;

/** With PORTS=any, server.js gets free ports in the place of those that it names. */
const anyPort = process.env.PORTS === 'any';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** Ports that server.js named, and where it listens: { 8080: 'http://localhost:8080' }. */
const origins = {};
const named = new WeakMap();
const moved = new WeakSet();
const sorted = new WeakSet();

const pageServer = createServer(servePage);
const { listen, emit } = Server.prototype;

Server.prototype.listen = function (...args) {
  if (this === pageServer) return listen.apply(this, args);
  const [first] = args;
  const port = Number(typeof first === 'object' && first !== null ? first.port : first);
  if (!named.has(this) && Number.isInteger(port)) named.set(this, port);
  if (anyPort && Number.isInteger(port)) {
    args[0] = typeof first === 'object' ? { ...first, port: 0 } : 0;
  }
  return listen.apply(this, args);
};

Server.prototype.emit = function (event, ...args) {
  if (this === pageServer) return emit.call(this, event, ...args);
  if (event === 'listening') opened(this);
  if (event === 'error' && args[0]?.code === 'EADDRINUSE' && !moved.has(this)) {
    moved.add(this);
    console.log(`Port ${named.get(this)} is in use: server.js gets another one.`);
    listen.call(this, 0);
    return true;
  }
  if (event === 'connection' && page === 'same-origin' && !sorted.has(args[0])) {
    sorted.add(args[0]);
    sort(this, args[0]);
    return true;
  }
  return emit.call(this, event, ...args);
};

if (page === 'cross-origin') {
  await new Promise((resolve) => pageServer.listen(0, resolve));
  process.env.PAGE_ORIGIN = `http://localhost:${pageServer.address().port}`;
}
await import('./server.js');

/** server.js listens: the page can be opened. */
function opened(server) {
  const { port } = server.address();
  origins[named.get(server) || port] = `http://localhost:${port}`;
  if (Object.keys(origins).length > 1) return;
  const at = process.env.PAGE_ORIGIN ?? `http://localhost:${port}`;
  if (page === 'server') return console.log(`The page: ${at}/`);
  for (const { name, file } of documents) {
    console.log(`The page${name ? ` ${name}` : ''}: ${at}${BASE}${file === 'index.html' ? '' : file}`);
  }
}

/** The first bytes tell whose connection it is: the page's files come over connections of their own. */
function sort(server, socket) {
  const toServer = () => emit.call(server, 'connection', socket);
  const timer = setTimeout(decide, SILENT_MS);
  socket.once('readable', decide);
  socket.once('error', ignore);

  function decide() {
    clearTimeout(timer);
    socket.off('readable', decide);
    socket.off('error', ignore);
    const bytes = socket.read();
    if (bytes === null) return toServer();
    socket.unshift(bytes);
    if (bytes.toString('latin1').startsWith(`GET ${BASE}`)) pageServer.emit('connection', socket);
    else toServer();
  }
}

/** Of a connection that ends before anybody has it. */
function ignore() {}

async function servePage(request, response) {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const file =
    path === BASE || path === '/' ? 'index.html' : path.slice(path.startsWith(BASE) ? BASE.length : 1);
  response.setHeader('Connection', 'close');
  response.setHeader('Cache-Control', 'no-store');
  try {
    // Files of this folder only.
    if (basename(file) !== file || file === 'server.js') throw new Error('not served');
    const text = withPorts(await read(file));
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'text/plain; charset=utf-8');
    response.end(extname(file) === '.html' ? withLab(text, file) : text);
  } catch {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end(`There is no ${file} here.\n`);
  }
}

/** An address that names a port of server.js means the port that it got. */
function withPorts(text) {
  return Object.entries(origins).reduce(
    (all, [port, origin]) =>
      all.replaceAll(new RegExp(`(localhost|127\\.0\\.0\\.1):${port}\\b`, 'g'), new URL(origin).host),
    text,
  );
}

/** The document, with `lab.origins` for its scripts, shown under `/`. */
function withLab(html, file) {
  const own = html.replace(/(\s(?:src|href)=")(?:\.?\/)?([\w.-]+)"/g, `$1${BASE}$2"`);
  const data = JSON.stringify(origins).replaceAll('"', '&quot;');
  const script = profile
    ? `<script src="${BASE}runtime.js" data-run="1" data-origins="${data}" data-profile="${profile}"></script>` +
      `<script src="${BASE}legacy.js" data-profile="${profile}"></script>`
    : `<script>history.replaceState(null, '', '/${file === 'index.html' ? '' : file}');` +
      `lab = { origins: ${JSON.stringify(origins)} }</script>`;
  const [doctype = ''] = /^\s*<!doctype[^>]*>/i.exec(own) ?? [];
  // Else the browser asks server.js for a favicon.
  return doctype + '<link rel="icon" href="data:,">' + script + own.slice(doctype.length);
}

function read(file) {
  return readFile(new URL(file, import.meta.url), 'utf8');
}
