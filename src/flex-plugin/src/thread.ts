import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Client, Conversation, Message } from '@twilio/conversations';
import type { Handoff } from './handoff';

export interface Turn {
  sid: string; index: number; who: 'caller' | 'ai' | 'system' | 'other'; author: string; body: string; at: string; late: boolean;
  sequence?: number; part?: number; parts?: number; language?: string; note: boolean; pointer: boolean; handoff?: number;
}
/** @property note that of the thread, which has all of it and what came later; @property whole every page has been read */
export interface Thread { state: 'none' | 'loading' | 'failed' | 'ready'; turns: Turn[]; note: string; whole: boolean; again(): void }

const PAGE = 100;
const WAITS = [250, 750, 2000, 4000, 8000];
const LATE = /^\[late, spoken [^\]]*\] /;

export function turnOf(m: Message): Turn {
  const a = (m.attributes ?? {}) as Record<string, unknown>;
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return {
    sid: m.sid, index: m.index, body: a.late === true ? (m.body ?? '').replace(LATE, '') : m.body ?? '',
    who: a.speaker === 'caller' ? 'caller' : a.speaker === 'ai' ? 'ai' : m.author === 'system' ? 'system' : 'other', author: m.author ?? '',
    at: typeof a.spokenAt === 'string' ? a.spokenAt : (m.dateCreated ?? new Date()).toISOString(),
    late: a.late === true, sequence: number(a.sequence), part: number(a.part), parts: number(a.parts),
    language: typeof a.language === 'string' ? a.language : undefined, note: a.kind === 'note', pointer: a.kind === 'pointer',
    handoff: number(a.handoff),
  };
}

/** The thread as it grows: the newest page at once, the older ones behind it, then what is said. */
export function useThread(client: () => Client | undefined, { threadSid, flexJoins }: Pick<Handoff, 'threadSid' | 'flexJoins'>): Thread {
  const [state, setState] = useState<Thread['state']>('loading');
  const [all, setAll] = useState<Turn[]>([]);
  const [whole, setWhole] = useState(false);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => {
    if (!threadSid) { setState('none'); return undefined; }
    let gone = false; let timer: number | undefined; let listened: Conversation | undefined; let asked: Client | undefined;
    const known = new Map<number, Turn>();
    const show = () => { if (!gone) { setAll([...known.values()].sort((a, b) => a.index - b.index)); setState('ready'); } };
    const put = (messages: Message[]) => messages.forEach((m) => known.set(m.index, turnOf(m)));
    const added = (m: Message) => { put([m]); show(); };
    const updated = ({ message }: { message: Message }) => added(message);
    const removed = (m: Message) => { known.delete(m.index); show(); };
    const listen = (to: 'on' | 'removeListener') => {
      listened?.[to]('messageAdded', added); listened?.[to]('messageUpdated', updated); listened?.[to]('messageRemoved', removed);
    };
    const joined = (conversation: Conversation) => { if (conversation.sid === threadSid) void load(0); };
    async function load(tries: number): Promise<void> {
      window.clearTimeout(timer);
      try {
        const sdk = client();
        if (!sdk) throw new Error('The Conversations client is not there yet');
        if (asked !== sdk) { asked?.removeListener('conversationJoined', joined); asked = sdk; sdk.on('conversationJoined', joined); }
        const conversation = await sdk.getConversationBySid(threadSid as string);
        if (gone) return;
        listen('removeListener'); listened = conversation; listen('on');
        if (!flexJoins && conversation.status !== 'joined') await conversation.join().catch(() => undefined);
        let page = await conversation.getMessages(PAGE);
        put(page.items); show();
        while (page.hasPrevPage && !gone) { page = await page.prevPage(); put(page.items); show(); }
        if (!gone) setWhole(true);
      } catch {
        if (gone || known.size > 0) return;
        if (tries < WAITS.length) timer = window.setTimeout(() => void load(tries + 1), WAITS[tries]);
        else setState('failed');
      }
    }
    setState('loading'); setAll([]); setWhole(false); void load(0);
    return () => { gone = true; window.clearTimeout(timer); listen('removeListener'); asked?.removeListener('conversationJoined', joined); };
  }, [client, threadSid, flexJoins, round]);
  const turns = useMemo(() => all.filter((turn) => !turn.note), [all]);
  const note = useMemo(() => noteOf(all), [all]);
  return { state, turns, note, whole, again };
}

/** The text of the note, of several handoffs of a call that of the latest. */
export function noteOf(turns: Turn[]): string {
  const notes = turns.filter((turn) => turn.note);
  const latest = Math.max(0, ...notes.map((turn) => turn.handoff ?? 1));
  return notes.filter((turn) => (turn.handoff ?? 1) === latest).map((turn) => turn.body).join('');
}

/** How many turns are missing, by their places (from 1, without gaps); nothing where places are times of the clock. */
export function missingOf(turns: Turn[]): number | undefined {
  const places = new Set(turns.map((turn) => turn.sequence).filter((place): place is number => place !== undefined));
  const last = Math.max(0, ...places);
  return last > 1_000_000 ? undefined : last - places.size;
}

/** What the caller said last before the call was handed over. */
export function lastWordsOf(turns: Turn[], at: string): Turn | undefined {
  const theirs = turns.filter((turn) => turn.who === 'caller');
  const before = theirs.filter((turn) => !(Date.parse(turn.at) > Date.parse(at)));
  return (before.length ? before : theirs).reduce<Turn | undefined>((last, turn) => (last && last.at > turn.at ? last : turn), undefined);
}
