import React from 'react';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { HandoffTab, NoteTab, Ringing, Flexs } from '../HandoffTab';
import { handoffOf, isHandedOff } from '../handoff';
import { lastWordsOf, missingOf, turnOf } from '../thread';
import all from '../texts.json';
import { wordsIn } from '../texts';

const message = (index: number, body: string, attributes: object = {}) => ({ sid: `IM${index}`, index, author: 'Caller', body, dateCreated: new Date(0), attributes: { speaker: 'caller', sequence: index, ...attributes } });
type Said = ReturnType<typeof message>;

function conversation(said: Said[], size = 100) {
  const heard: Record<string, (m: unknown) => void> = {};
  const page = (to: number): unknown => ({ items: said.slice(Math.max(0, to - size), to), hasPrevPage: to > size, prevPage: async () => page(to - size) });
  return { sid: 'CH1', status: 'joined', heard, on: (e: string, f: (m: unknown) => void) => { heard[e] = f; }, removeListener: () => undefined, join: jest.fn(async () => undefined), getMessages: async () => page(said.length) };
}

const flexs = (getConversationBySid?: () => Promise<unknown>, lang = 'en'): Flexs => {
  const words = wordsIn(lang);
  const client = getConversationBySid && { getConversationBySid: jest.fn(getConversationBySid), on: () => undefined, removeListener: () => undefined };
  return { client: () => client as never, words: () => words, Root: 'section' };
};

const attributes = { handedOff: true, handoffReason: 'Disputes a charge', handoffSummary: 'Charged twice.', handoffSentiment: 'negative', handoffLanguage: 'es-MX',
  handoffTimestamp: new Date().toISOString(), conversationSid: 'CH1', name: '+15550100', tier: 'gold', call_sid: 'CA1' };
const task = { sid: 'WR1', taskChannelUniqueName: 'voice', attributes };
const texts = () => screen.getAllByRole('listitem').map((item) => item.textContent);

test('the note stands from the attributes, before any request is answered', () => {
  render(<HandoffTab flex={flexs(() => new Promise(() => undefined))} task={task} />);

  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Disputes a charge');
  const shown = document.querySelector('.note')?.textContent;
  ['Charged twice.', '▼', 'Negative', 'Spanish (Mexico)', 'seconds ago', '+15550100', 'tier', 'gold'].forEach((word) => expect(shown).toContain(word));
  expect(shown).not.toContain('call_sid');
  expect(screen.getByText(all.en.loading)).toBeTruthy();
});

test('the thread follows in its order, page by page, and grows', async () => {
  const said = [message(0, 'the note', { kind: 'note' }), message(1, 'hello'), message(2, 'I was charged twice'), message(3, '[late, spoken 09:00:01 UTC] one more', { late: true })];
  const thread = conversation(said, 2);
  render(<HandoffTab flex={flexs(async () => thread)} task={task} />);

  await waitFor(() => expect(texts()).toHaveLength(3));
  expect(texts()[0]).toContain('hello');
  expect(texts()[2]).toMatch(/⚠ Late, spoken .*one more/);
  expect(texts()[2]).not.toContain('UTC]');
  expect(screen.getByText('the note').closest('details')?.open).toBe(false);

  act(() => thread.heard.messageAdded(message(4, 'are you there')));
  expect(texts()[3]).toContain('are you there');
  act(() => thread.heard.messageUpdated({ message: message(4, 'are you still there') }));
  expect(texts()[3]).toContain('are you still there');
  expect(thread.join).not.toHaveBeenCalled();
});

test('the note in the thread stands open where the task has no summary, with what came later', async () => {
  const thread = conversation([message(0, 'Reason: a charge', { kind: 'note' }), message(1, 'hello')]);
  render(<HandoffTab flex={flexs(async () => thread)} task={{ ...task, attributes: { ...attributes, handoffSummary: undefined } }} />);
  expect((await screen.findByText('Reason: a charge')).closest('details')?.open).toBe(true);

  act(() => thread.heard.messageUpdated({ message: message(0, 'Reason: a charge. Summary: charged twice', { kind: 'note' }) }));
  expect(screen.getByText('Reason: a charge. Summary: charged twice')).toBeTruthy();
});

test('search shows what was found and Escape all of it', async () => {
  render(<HandoffTab flex={flexs(async () => conversation([message(1, 'Hello'), message(2, 'The INVOICE is wrong')]))} task={task} />);
  const search = await screen.findByRole('searchbox');

  fireEvent.change(search, { target: { value: 'invoice' } });
  expect(texts()).toHaveLength(1);
  expect(document.querySelector('mark')?.textContent).toBe('INVOICE');
  expect(screen.getByText('Found: 1')).toBeTruthy();
  fireEvent.keyDown(search, { key: 'Escape' });
  expect(texts()).toHaveLength(2);
});

test('a thread that cannot be read leaves the note and a sentence, and can be asked for again', async () => {
  jest.useFakeTimers();
  let readable = false;
  const flex = flexs(async () => { if (!readable) throw new Error('Forbidden'); return conversation([message(1, 'hello')]); });
  render(<HandoffTab flex={flex} task={task} />);
  for (let tries = 0; tries < 6; tries += 1) await act(async () => { jest.advanceTimersByTime(8000); });
  jest.useRealTimers();

  expect(screen.getByText(all.en.failed, { exact: false })).toBeTruthy();
  expect(flex.client()?.getConversationBySid).toHaveBeenCalledTimes(6);
  readable = true;
  fireEvent.click(screen.getByText(all.en.again));
  await waitFor(() => expect(texts()).toHaveLength(1));
});

test('an attribute of ones own is joined by the plugin itself; a call without a thread says so', async () => {
  const thread = { ...conversation([message(1, 'hello')]), status: 'notParticipating' };
  const { unmount } = render(<HandoffTab flex={flexs(async () => thread)} task={{ ...task, attributes: { ...attributes, conversationSid: undefined, handoffThreadSid: 'CH1' } }} />);
  await waitFor(() => expect(thread.join).toHaveBeenCalled());
  unmount();
  const sid = `CH${'a'.repeat(32)}`;
  expect(handoffOf({ ...task, attributes: { ...attributes, conversationSid: undefined, acmeThread: sid } })).toMatchObject({ threadSid: sid, flexJoins: false });

  render(<HandoffTab flex={flexs()} task={{ ...task, attributes: { ...attributes, conversationSid: undefined, transcriptStatus: 'delayed' } }} />);
  expect(screen.getByText(all.en.none)).toBeTruthy();
});

test('the note is copied with one key', async () => {
  const writeText = jest.fn(async () => undefined);
  Object.assign(navigator, { clipboard: { writeText } });
  render(<HandoffTab flex={flexs(async () => conversation([message(1, 'I want a person')]))} task={task} />);
  await waitFor(() => screen.getByRole('figure'));

  fireEvent.keyDown(screen.getByRole('heading', { level: 2 }), { key: 'c' });
  await screen.findByText(all.en.copied);
  expect(writeText.mock.calls[0]).toEqual(['Disputes a charge\nCharged twice.\nSentiment: Negative\nLanguage: Spanish (Mexico)\nThe caller said last: I want a person\nNumber: +15550100\ntier: gold']);
  fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'c' });
  expect(writeText).toHaveBeenCalledTimes(1);
});

test('a fault in the tab is a sentence in the tab', () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const broken = { ...flexs(), Root: () => { throw new Error('broken'); } };
  render(<HandoffTab flex={broken} task={task} />);
  expect(screen.getByRole('alert').textContent).toBe(all.en.broken);
});

test('Arabic is written from right to left; a supervisor gets the note; the card of a ringing task its reason', () => {
  const { container } = render(<Ringing flex={flexs(undefined, 'ar-EG')} task={task} />);
  expect(container.querySelector('section')?.getAttribute('dir')).toBe('rtl');
  expect(container.textContent).toBe(`Disputes a charge▼ ${all.ar.sentiment}: ${all.ar.negative}${all.ar.language}: الإسبانية (المكسيك)`);
  render(<NoteTab flex={flexs()} task={task} />);
  expect(screen.getByText('Charged twice.')).toBeTruthy();
});

test('other tasks are none of its business', () => {
  expect(isHandedOff({ ...task, taskChannelUniqueName: 'chat' })).toBe(false);
  expect(isHandedOff({ ...task, attributes: { handedOff: 'true' } })).toBe(false);
  expect(isHandedOff(undefined)).toBe(false);
  expect(render(<HandoffTab flex={flexs()} task={{ ...task, attributes: {} }} />).container.innerHTML).toBe('');
});

test('every language has every word', () => {
  Object.values(all).forEach((texts) => expect(Object.keys(texts)).toEqual(Object.keys(all.en)));
  expect(wordsIn('fr_CA').lang).toBe('fr');
  expect(wordsIn('ja').lang).toBe('en');
  expect(wordsIn('de', { tab: 'KI' }).t.tab).toBe('KI');
});

test('what is missing, and what the caller said last before the handoff', () => {
  const turns = (said: Said[]) => said.map((m) => turnOf(m as never));
  expect(missingOf(turns([message(1, 'a'), message(2, 'd', { sequence: 4 })]))).toBe(2);
  expect(missingOf(turns([message(1, 'a', { sequence: 7_000_000 })]))).toBeUndefined();
  const at = (second: number) => ({ spokenAt: `2026-11-20T09:00:0${second}Z` });
  const said = turns([message(1, 'first', at(1)), message(2, 'after', at(9)), message(3, 'late', { ...at(2), late: true }), message(4, 'the AI', { ...at(3), speaker: 'ai' })]);
  expect(lastWordsOf(said, '2026-11-20T09:00:05Z')?.body).toBe('late');
  expect(lastWordsOf([], 'x')).toBeUndefined();
});
