// The page of the test, and the product's sandbox on the same origin. Flex's join of a rep goes to the sandbox's.
import http from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const TYPES = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8' };
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Flex UI</title><meta name="viewport" content="width=device-width">
<style>body{margin:0;font-family:Arial,Helvetica,sans-serif}</style><div id="root"></div><script src="/host.js"></script><script src="/plugin.js"></script>`;

export function serve(files, upstream) {
  const server = http.createServer(async (request, response) => {
    const join = request.url.match(/^\/flex\/v1\/Channels\/(CH\w+)\/Roles\/agent\/Users$/);
    if (join) {
      let form = '';
      for await (const chunk of request) form += chunk;
      const answer = await fetch(`${upstream}/sandbox/api/conversations/${join[1]}/participants`, { method: 'POST', body: JSON.stringify({ identity: new URLSearchParams(form).get('Identity') }) });
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(await answer.text());
    } else if (request.url.startsWith('/sandbox/')) {
      const up = http.request(upstream + request.url, { method: request.method, headers: { ...request.headers, host: new URL(upstream).host, origin: upstream } }, (answer) => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); });
      up.on('error', () => response.destroy());
      response.on('close', () => up.destroy());
      request.pipe(up);
    } else if (files[request.url]) {
      response.writeHead(200, { 'Content-Type': TYPES[extname(request.url)] }).end(await readFile(files[request.url]));
    } else if (request.url === '/') {
      response.writeHead(200, { 'Content-Type': TYPES['.html'] }).end(PAGE);
    } else {
      response.writeHead(404).end();
    }
  });
  return new Promise((started) => { server.listen(0, '127.0.0.1', () => started({ url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } })); });
}
