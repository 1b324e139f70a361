// The built plugin in real Flex UI, in a headless Chromium, with the product and its sandbox behind it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { buildHost, HOST } from './build-host.mjs';
import { ARABIC, ENGLISH } from './calls.mjs';
import { startProduct } from './product.mjs';
import { serve } from './server.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PLUGIN = here('../build/plugin-flex-handoff.js');
const PICTURES = here('../build/e2e/');
const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const AXE = readFileSync(here('../node_modules/axe-core/axe.min.js'), 'utf8');
const TAB = 'section[aria-label]:not(.ringing)';
const PATIENCE = 90_000;
const only = process.argv[2];
const tests = [];
const test = (name, act) => tests.push([name, act]);
const figures = [];
const figure = (name, ms, goal) => figures.push(`${name}: ${Math.round(ms)} ms (goal: ${goal})`);

let browser; let product; let quiet; let sites; let seenFaults = [];

/** A page of Flex with a task of the sandbox. */
async function flex(task, options = {}, { width = 900, height = 800, of = product } = {}) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport({ width, height });
  const faults = [];
  page.on('pageerror', (fault) => faults.push(String(fault.stack ?? fault)));
  seenFaults = faults;
  await page.goto(sites.get(of).url, { waitUntil: 'load' });
  await page.evaluate((json, opts) => {
    const { before, theirs, ...rest } = opts;
    if (before) new Function(before)();
    window.stage(json, { ...rest, theirs: theirs && new Function('Flex', theirs) });
  }, task, options);
  const act = (name, status) => page.evaluate((n, s) => window.on.act(n, s), name, status);
  return {
    page, faults,
    text: (selector = '#root') => page.$eval(selector, (node) => node.innerText.replace(/\s+/g, ' ')),
    tabs: () => page.$$eval('.Twilio-TabHeader', (all) => all.map((tab) => tab.innerText.trim())),
    open: (n) => page.$$eval('.Twilio-TabHeader', (all, i) => all[i].querySelector('button').click(), n),
    selected: () => page.$eval('.Twilio-TabHeader:has(.Twilio-TabHeader-StateIndicator-Active)', (tab) => tab.innerText.trim()),
    turns: () => page.$$eval('[role=listitem]', (all) => all.map((turn) => turn.innerText.replace(/\s+/g, ' '))),
    seen: (what, ...args) => page.waitForFunction(what, { timeout: PATIENCE, polling: 50 }, ...args),
    accept: () => page.evaluate(() => window.on.accept()),
    calls: () => page.evaluate(() => window.on.task.calls),
    wrapUp: () => act('WrapupTask', { status: 'wrapping', taskStatus: 'wrapping' }),
    complete: () => act('CompleteTask', { status: 'completed', taskStatus: 'completed' }),
    async picture(name) {
      await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished.catch(() => undefined))));
      await page.screenshot({ path: `${PICTURES}${name}.png` });
    },
    async axe(selector) {
      await page.evaluate(AXE);
      const findings = await page.evaluate(async (within) => (await window.axe.run(within)).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ').slice(0, 300)}`), selector);
      assert.deepEqual(findings, []);
    },
    // Flex's own listeners fail now and then when a message comes while it leaves a thread
    async done() { assert.deepEqual(faults.filter((fault) => fault.includes('/plugin.js')), []); await page.close(); },
  };
}

const thread = async (call, of = product) => of.threadOf(call.callSid);
const refuse = (of = product) => of.send('POST', '/sandbox/api/faults', { name: 'Thread refused', product: 'flex-api', method: 'POST', path: '**/Users', status: 403 });
const heal = (of = product) => of.send('DELETE', '/sandbox/api/faults');

test('from the escalation to what the rep reads', async () => {
  const call = await product.handOver(ENGLISH);
  const rep = await flex(call.task);
  await rep.seen(() => document.querySelector('.ringing'));
  const card = await rep.text('.ringing');
  [ENGLISH.reason, '▼', 'Negative', 'English (United States)'].forEach((word) => assert.ok(card.includes(word), card));
  await rep.axe('.ringing');
  await rep.picture('ringing');

  await rep.page.evaluate(() => {
    const mark = (name, there) => { const look = () => { if (there()) { window[name] = performance.now(); } else { requestAnimationFrame(look); } }; look(); };
    mark('notedAt', () => document.querySelector('section .note h2')?.offsetHeight > 0);
    mark('threadAt', () => document.querySelector('[role=listitem]')?.offsetHeight > 0);
  });
  await rep.accept();
  await rep.seen(() => window.threadAt);
  const [noted, drawn] = await rep.page.evaluate(() => [window.notedAt - window.acceptedAt, window.threadAt - window.acceptedAt]);
  figure('accept to the tab with the note', noted, 100);
  figure('accept to the first page of the thread, 50 ms a request', drawn, 500);

  assert.deepEqual(await rep.tabs(), ['Handoff', 'Call', 'Info']);
  assert.equal(await rep.selected(), 'Handoff');
  await rep.seen((n) => document.querySelectorAll('[role=listitem]').length === n, ENGLISH.lines.length + 1);
  const read = await rep.text(TAB);
  const order = [ENGLISH.reason, ENGLISH.summary, 'Negative', 'Handed over', 'The caller said last', 'Then please let me talk', 'Number and data', 'Conversation', 'Whole conversation, turns: 8', 'Thanks for calling'];
  order.reduce((from, word) => { const at = read.indexOf(word, from); assert.ok(at >= 0, `${word} does not follow in: ${read}`); return at; }, 0);
  await rep.axe(TAB);
  await rep.picture('plugin');

  assert.deepEqual((await thread(call)).participants, ['riley'], 'Flex itself joined the rep');
  await rep.page.evaluate(() => {
    window.seenAt = new Promise((seen) => { new MutationObserver(() => { if (document.querySelector('.turn.late')) seen(Date.now()); }).observe(document.body, { childList: true, subtree: true }); });
  });
  await product.say(call.callSid, [{ sequence: 9, speaker: 'caller', text: 'One more thing: the card ends in 4419.' }]);
  const seenAt = await rep.page.evaluate(() => window.seenAt);
  const late = (await thread(call)).messages.at(-1);
  figure('a late turn in the thread to the screen', seenAt - Date.parse(late.dateCreated), 300);
  assert.match((await rep.turns()).at(-1), /^Caller ⚠ Late, spoken .* One more thing: the card ends in 4419\.$/);

  await product.say(call.callSid, [{ sequence: 12, speaker: 'caller', text: 'Are you still there?' }]);
  await rep.seen(() => document.body.innerText.includes('Turns still to come: 2'));

  await rep.page.type('[type=search]', 'canada');
  await rep.seen(() => document.querySelectorAll('[role=listitem]').length === 1);
  assert.ok((await rep.turns())[0].includes('I was in Canada'));
  await rep.page.keyboard.press('Escape');
  await rep.page.click('figure button');
  await rep.seen(() => document.activeElement?.innerText.includes('Then please let me talk'));
  await browser.defaultBrowserContext().overridePermissions(sites.get(product).url, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
  await rep.page.bringToFront();
  await rep.page.keyboard.press('c');
  await rep.seen(() => document.body.innerText.includes('The note is copied'));
  assert.ok((await rep.page.evaluate(() => navigator.clipboard.readText())).startsWith(`${ENGLISH.reason}\n${ENGLISH.summary}`));
  await rep.page.click('details summary');
  assert.ok((await rep.text(TAB)).includes('INV-20418'));

  const attributes = JSON.stringify((await thread(call)).attributes);
  await rep.wrapUp();
  assert.deepEqual(await rep.complete(), ['wrapUp', 'complete']);
  await product.until('the rep has left the thread', async () => (await thread(call)).participants.length === 0);
  assert.equal(JSON.stringify((await thread(call)).attributes), attributes, 'the thread is as it was');
  await product.until('the handoff is completed', async () => (await product.send('GET', `/api/v1/orgs/demo/handoffs/${call.callSid}`)).state === 'completed');
  await rep.done();
});

test('without the plugin Flex shows two tabs of one name, and writes into the thread', async () => {
  const before = new Date().toISOString();
  const call = await product.handOver(ENGLISH);
  const rep = await flex(call.task, { plugin: false });
  await rep.accept();
  await rep.seen(() => document.querySelectorAll('.Twilio-TabHeader').length === 3);
  assert.deepEqual(await rep.tabs(), ['Call', 'Call', 'Info']);
  await rep.open(1);
  await rep.seen((line) => document.body.innerText.includes(line), 'Then please let me talk');
  await rep.picture('flex-alone');
  await rep.wrapUp();
  assert.deepEqual(await rep.complete(), ['wrapUp', 'complete']);
  await product.until('Flex has written its status', async () => (await thread(call)).attributes.status === 'INACTIVE');
  await product.say(call.callSid, [{ sequence: 9, speaker: 'caller', text: 'Late, after Flex has left.', spokenAt: before }]);
  await product.until('the late turn is there', async () => (await thread(call)).messages.some((m) => m.attributes.late && m.body.endsWith('after Flex has left.')));
  await rep.done();
});

test('a thread that the rep cannot read: Flex alone locks the rep in', async () => {
  const call = await product.handOver(ENGLISH);
  await refuse();
  const rep = await flex(call.task, { plugin: false });
  await rep.accept();
  await rep.seen(() => document.querySelectorAll('.Twilio-TabHeader').length === 3);
  await rep.open(1);
  await rep.seen(() => document.body.innerText.includes('Loading'));
  await rep.picture('flex-locked');
  await rep.wrapUp();
  assert.deepEqual((await rep.complete()).filter((what) => !what.includes(':')), [], 'neither reached the reservation');
  await heal();
  await rep.page.close();
});

test('a thread that the rep cannot read: the plugin shows the note, and the task can be ended', async () => {
  const call = await product.handOver(ENGLISH);
  await refuse();
  const rep = await flex(call.task);
  await rep.accept();
  await rep.seen(() => document.querySelector('section .note h2'));
  assert.ok((await rep.text(TAB)).includes('The conversation is on its way. The note is complete.'));
  await rep.seen(() => document.body.innerText.includes('cannot be read here'));
  assert.ok((await rep.text(TAB)).includes(ENGLISH.summary));
  await rep.axe(TAB);
  await rep.picture('plugin-refused');
  await heal();
  await rep.wrapUp();
  assert.deepEqual(await rep.complete(), ['wrapUp', 'complete']);
  await rep.done();
});

test('thread-attribute: Flex leaves the task in peace, and the plugin shows the thread', async () => {
  const call = await quiet.handOver(ENGLISH);
  assert.ok(!('conversationSid' in call.task.attributes) && call.task.attributes.handoffThreadSid.startsWith('CH'));
  const alone = await flex(call.task, { plugin: false }, { of: quiet });
  await alone.accept();
  await alone.seen(() => document.querySelectorAll('.Twilio-TabHeader').length > 0);
  assert.deepEqual(await alone.tabs(), ['Call', 'Info']);
  await alone.wrapUp();
  assert.deepEqual(await alone.complete(), ['wrapUp', 'complete']);
  const after = await thread(call, quiet);
  assert.deepEqual([after.participants, after.attributes.status], [[], undefined]);
  await alone.done();

  const next = await quiet.handOver(ENGLISH);
  const rep = await flex(next.task, { readable: true }, { of: quiet });
  await rep.accept();
  await rep.seen((n) => document.querySelectorAll('[role=listitem]').length === n, ENGLISH.lines.length + 1);
  assert.deepEqual(await rep.tabs(), ['Handoff', 'Call', 'Info']);
  assert.deepEqual((await thread(next, quiet)).participants, ['riley']);
  await rep.wrapUp();
  assert.deepEqual(await rep.complete(), ['wrapUp', 'complete']);
  await quiet.until('the rep has left', async () => (await thread(next, quiet)).participants.length === 0);
  await rep.done();

  const other = await quiet.handOver(ENGLISH);
  const unread = await flex(other.task, {}, { of: quiet });
  await unread.accept();
  await unread.seen(() => document.body.innerText.includes('cannot be read here'));
  await unread.wrapUp();
  assert.deepEqual(await unread.complete(), ['wrapUp', 'complete']);
  await unread.done();
});

test('Arabic, from right to left', async () => {
  const call = await product.handOver(ARABIC);
  const rep = await flex(call.task, { lang: 'ar' });
  await rep.accept();
  await rep.seen((n) => document.querySelectorAll('[role=listitem]').length === n, ARABIC.lines.length + 1);
  assert.equal(await rep.page.$eval(TAB, (tab) => getComputedStyle(tab).direction), 'rtl');
  assert.ok((await rep.text(TAB)).includes('المحادثة كاملة'));
  const [ai, caller] = await rep.page.$$eval('.turn.ai, .turn.caller', (all) => [all[0], all[1]].map((turn) => turn.getBoundingClientRect().left));
  assert.ok(ai < caller, 'the AI stands at the left, the caller at the right');
  await rep.axe(TAB);
  await rep.picture('plugin-arabic');
  await rep.wrapUp();
  assert.deepEqual(await rep.complete(), ['wrapUp', 'complete']);
  await rep.done();
});

test('360 pixels wide, in German', async () => {
  const call = await product.handOver(ENGLISH);
  const rep = await flex(call.task, { lang: 'de-AT' }, { width: 360, height: 720 });
  await rep.accept();
  await rep.seen((n) => document.querySelectorAll('[role=listitem]').length === n, ENGLISH.lines.length + 1);
  const wide = await rep.page.$eval(TAB, (tab) => [tab.scrollWidth - tab.clientWidth, [...tab.querySelectorAll('*')].filter((node) => !node.closest('.unseen') && node.getBoundingClientRect().right > 361).length]);
  assert.deepEqual(wide, [0, 0], 'nothing stands out of the tab');
  assert.ok((await rep.text(TAB)).includes('Ganzes Gespräch'));
  await rep.axe(TAB);
  await rep.picture('plugin-360');
  await rep.wrapUp();
  assert.deepEqual(await rep.complete(), ['wrapUp', 'complete']);
  await rep.done();
});

test('a call of 3,000 turns', async () => {
  const call = await product.handOver(ENGLISH);
  const rep = await flex(call.task, { many: 3000 });
  await rep.accept();
  await rep.seen(() => document.body.innerText.includes('turns: 3,000') || document.body.innerText.includes('turns: 3000'));
  const run = await rep.page.evaluate(async () => {
    const tasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => tasks.push(entry.duration))).observe({ type: 'longtask' });
    const list = document.querySelector('.scroll');
    const frame = () => new Promise(requestAnimationFrame);
    let most = 0; let longest = 0; let empty = 0; let before = performance.now();
    const step = async (top) => {
      list.scrollTop = top;
      await frame(); await frame();
      const now = performance.now(); longest = Math.max(longest, now - before); before = now;
      most = Math.max(most, document.querySelectorAll('[role=listitem]').length);
      const box = list.getBoundingClientRect();
      if (!document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.closest('.turn, .block')) empty += 1;
    };
    for (let top = list.scrollHeight; top > 0; top -= 1500) await step(top);
    for (let top = 0; top < list.scrollHeight; top += 1500) await step(top);
    const drawn = [...document.querySelectorAll('[role=listitem]')].at(-1).getAttribute('aria-posinset');
    return { most, longest, empty, drawn, blocked: Math.max(0, ...tasks) };
  });
  assert.ok(run.most <= 320, `${run.most} turns were in the page at once`);
  assert.equal(run.empty, 0, 'what is scrolled to is there, or its place kept');
  figure('3,000 turns, scrolled through: the longest time that the page was blocked', run.blocked, 100);
  await rep.page.evaluate(() => { document.querySelector('.scroll').scrollTop = 0; });
  await rep.page.click('figure button');
  await rep.seen(() => document.activeElement?.matches('.turn'));
  const spent = await rep.page.evaluate(async () => {
    const { client } = window.on;
    const [known] = client.conversations.values();
    const from = performance.now();
    known.say('A turn more.');
    while (!document.body.innerText.includes('A turn more.') && !document.querySelector('.newest.unread')) await new Promise(requestAnimationFrame);
    return performance.now() - from;
  });
  figure('3,000 turns: a turn more, to the screen', spent, 300);
  await rep.done();
});

test('a supervisor gets the note and asks for no thread', async () => {
  const call = await product.handOver(ENGLISH);
  const rep = await flex({ ...call.task }, { supervisor: true });
  await rep.seen(() => document.querySelector('section .note h2'));
  const read = await rep.text(TAB);
  assert.ok(read.includes(ENGLISH.summary) && !read.includes('Conversation'), read);
  assert.equal(await rep.page.evaluate(() => window.on.client.asked), 0);
  await rep.done();
});

test('other tasks, and other plugins, are left alone', async () => {
  const call = await product.handOver(ENGLISH);
  const rep = await flex(call.task, { changes: { handedOff: false }, theirs: "Flex.ChatOrchestrator.setOrchestrations('wrapup', () => { window.theirs = (window.theirs ?? 0) + 1; return []; });" });
  await rep.accept();
  await rep.seen(() => document.querySelectorAll('.Twilio-TabHeader').length === 3);
  assert.deepEqual(await rep.tabs(), ['Call', 'Call', 'Info']);
  await rep.wrapUp();
  assert.ok((await rep.page.evaluate(() => window.theirs)) >= 1, 'the orchestration of another plugin is asked as before');
  assert.deepEqual(await rep.calls(), ['wrapUp']);
  await rep.done();
});

test('a fault in the tab is a sentence, and Flex goes on', async () => {
  const call = await product.handOver(ENGLISH);
  const rep = await flex(call.task, { before: 'Intl.RelativeTimeFormat = class { constructor() { throw new Error("broken"); } };' });
  await rep.accept();
  await rep.seen(() => document.body.innerText.includes('This tab has a fault. The call is not affected'));
  assert.deepEqual(await rep.tabs(), ['Handoff', 'Call', 'Info']);
  await rep.wrapUp();
  assert.deepEqual(await rep.complete(), ['wrapUp', 'complete']);
  await rep.page.close();
});

if (!existsSync(PLUGIN)) throw new Error('The plugin is not built: npm run build');
const bytes = statSync(PLUGIN).size;
assert.ok(bytes <= 40 * 1024, `The bundle has ${bytes} bytes, more than 40 KB`);
figures.push(`the bundle: ${bytes} bytes (at most 40960)`);
['SIGTERM', 'SIGINT'].forEach((signal) => process.once(signal, () => process.exit(1)));
mkdirSync(PICTURES, { recursive: true });
if (!existsSync(HOST) || !process.env.KEEP_HOST) await buildHost();
product = await startProduct();
quiet = await startProduct('handoffThreadSid');
const files = { '/host.js': HOST, '/plugin.js': PLUGIN };
sites = new Map(await Promise.all([product, quiet].map(async (of) => [of, await serve(files, of.url)])));
browser = await puppeteer.launch({ executablePath: CHROMIUM, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] });
let failed = 0;
for (const [name, act] of tests.filter(([each]) => !only || new RegExp(only).test(each))) {
  const from = Date.now();
  try { await act(); console.log(`ok    ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)`); } catch (failure) {
    failed += 1;
    console.log(`FAIL  ${name}\n${failure.stack}\n${seenFaults.join('\n')}`);
    const open = (await browser.pages()).at(-1);
    await open?.screenshot({ path: `${PICTURES}failed-${failed}.png` }).catch(() => undefined);
    if (open?.url().startsWith('http')) await open.close();
  }
  await Promise.all([product, quiet].map((of) => of.tidyUp()));
}
console.log(`\n${figures.join('\n')}`);
await browser.close();
sites.forEach((site) => site.close());
await Promise.all([product.stop(), quiet.stop()]);
process.exit(failed ? 1 : 0);
