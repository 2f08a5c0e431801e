/** Frames of another origin of the lab, in an old browser. */
import { expect, it } from 'vitest';
import { runLab } from '../support/lesson-run.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

const SERVER = `require('http').createServer(function (req, res) {
  res.writeHead(req.url.indexOf('/inner') === 0 ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
  res.write('<p id="é">');
  res.end('<script>document.domain = document.domain;' +
    'parent.postMessage([typeof fetch, typeof XDomainRequest, location.href, document.getElementById("é").tagName].join(" "), "*")' +
    '<' + '/script>');
}).listen(8088);`;

const client = (insert: string) => `var frame = document.createElement('iframe');
window.attachEvent('onmessage', function (event) { console.log(event.data + ' ' + (event.source === frame.contentWindow)); });
frame.attachEvent('onload', function () { console.log('load ' + frame.src); });
${insert}`;

it.each([
  [
    'before it is inserted',
    `frame.src = 'http://localhost:8088/inner?a=b#c'; document.body.appendChild(frame);`,
  ],
  [
    'after it was inserted',
    `document.body.appendChild(frame); frame.src = 'http://localhost:8088/inner?a=b#c';`,
  ],
])('are of that browser too when a script sets their address %s', async (_, insert) => {
  const files = {
    'server.js': SERVER,
    'index.html': '<!doctype html><body><script src="client.js"></script>',
    'client.js': client(insert),
  };
  const run = await runLab(site.url, site.browser, { files, page: 'cross-origin', profile: 'ie-8' });
  try {
    const said = () => run.facts().console.map(({ text }) => text.replace(/http:..[^/]+/g, ''));
    await expect.poll(said).toContain('undefined function /inner?a=b#c P true');
    // An empty frame loads once by itself, before it has an address.
    const loads = () => said().filter((text) => text === 'load /inner?a=b#c');
    await expect.poll(loads).toHaveLength(1);
    // The document is asked for once, by its own address.
    expect(run.facts().requests.map(({ target }) => target)).toEqual(['/inner?a=b']);
    expect(run.uncaught()).toEqual([]);
  } finally {
    await run.close();
  }
});
