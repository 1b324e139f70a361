import React, { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { missingOf, Thread, Turn } from './thread';
import { timeOf, Words } from './texts';

const BLOCK = 40;
const GUESSED_HEIGHT = 66;
const NEAR_END = 48;
const OVERSCAN = '800px 0px';

const Marked: React.FC<{ text: string; found: string }> = ({ text, found }) => {
  const at = found ? text.toLowerCase().indexOf(found) : -1;
  return at < 0 ? <>{text}</> : <>{text.slice(0, at)}<mark>{text.slice(at, at + found.length)}</mark>{text.slice(at + found.length)}</>;
};

const nameOf = (turn: Turn, { t }: Words) => (turn.who === 'other' ? turn.author : t[turn.who]);

const Said: React.FC<{ turn: Turn; words: Words; found: string; place: number; of: number; language: string }> = React.memo(
  ({ turn, words, found, place, of, language }) => (
    <div role="listitem" aria-posinset={place} aria-setsize={of} id={`handoff-${turn.sid}`} tabIndex={-1}
      className={`turn ${turn.who}${turn.late ? ' late' : ''}${turn.pointer ? ' pointer' : ''}`}>
      <p className="by"><b>{nameOf(turn, words)}</b>
        {turn.late ? <span className="mark">⚠ {words.fill('late', { time: timeOf(turn.at, words.lang) })}</span> : <time dateTime={turn.at}>{timeOf(turn.at, words.lang)}</time>}
        {(turn.parts ?? 1) > 1 && <span>{words.fill('part', { part: turn.part ?? 1, parts: turn.parts ?? 1 })}</span>}</p>
      <p className="text" dir="auto" lang={turn.who === 'caller' || turn.who === 'ai' ? turn.language ?? (language || undefined) : undefined}><Marked text={turn.body} found={found} /></p>
    </div>
  ),
);

/** Some turns, which are in the page only while they are near to what is seen; in between their height is kept. */
const Block: React.FC<{ root: React.RefObject<HTMLElement>; shown: boolean; turns: number }> = ({ root, shown, turns, children }) => {
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(turns * GUESSED_HEIGHT);
  const [near, setNear] = useState(shown);
  useEffect(() => {
    if (typeof IntersectionObserver === 'undefined') { setNear(true); return undefined; }
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting && box.current && box.current.offsetHeight > 0) height.current = box.current.offsetHeight;
      setNear(entry.isIntersecting);
    }, { root: root.current, rootMargin: OVERSCAN });
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, [root]);
  const drawn = near || shown;
  return <div ref={box} role="presentation" className="block" style={drawn ? undefined : { height: height.current }}>{drawn && children}</div>;
};

interface Props { thread: Thread; words: Words; language: string; jump?: { turn: Turn } }

/** The live thread: who said what, late turns marked, search, and how complete it is. */
export const Conversation: React.FC<Props> = ({ thread, words, language, jump }) => {
  const { t, fill } = words;
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const seen = useRef<number | undefined>();
  const [away, setAway] = useState(false);
  const [unseen, setUnseen] = useState(false);
  const [query, setQuery] = useState('');
  const found = query.trim().toLowerCase();
  const { turns } = thread;
  const shown = useMemo(() => (found ? turns.filter((turn) => turn.body.toLowerCase().includes(found)) : turns), [turns, found]);
  const last = turns[turns.length - 1];
  const toEnd = () => { if (list.current) list.current.scrollTop = list.current.scrollHeight; };

  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else if (last && seen.current !== undefined && last.index > seen.current) setUnseen(true);
    seen.current = last?.index;
  }, [turns, last]);
  useEffect(() => { if (jump) { atEnd.current = false; setQuery(''); } }, [jump]);
  useLayoutEffect(() => {
    const turn = jump && document.getElementById(`handoff-${jump.turn.sid}`);
    if (turn) { turn.scrollIntoView({ block: 'center' }); turn.focus({ preventScroll: true }); }
  }, [jump, found]);

  const missing = thread.whole ? missingOf(turns) : undefined;
  const pointed = useMemo(() => turns.some((turn) => turn.pointer), [turns]);
  const spoken = useMemo(() => turns.filter((turn) => turn.who === 'caller' || turn.who === 'ai').length, [turns]);
  const word = missing ? fill('toCome', { n: missing }) : missing === 0 && pointed ? fill('whole', { n: spoken }) : fill('turns', { n: spoken });
  const first = thread.whole && turns.length ? turns[0].index : 0;
  const blocks: Turn[][] = [];
  shown.forEach((turn, i) => {
    // blocks are cut by the turns' own places, so that older pages, which come later, leave those that stand alone
    const cut = found ? i % BLOCK === 0 : Math.floor(turn.index / BLOCK) !== Math.floor((shown[i - 1]?.index ?? -BLOCK) / BLOCK);
    if (cut) blocks.push([]);
    blocks[blocks.length - 1].push(turn);
  });
  let place = 0;
  return (
    <div className="conversation">
      <div className="bar">
        <h3 id="handoff-conversation">{t.conversation}</h3>
        <span role="status">{found ? fill('found', { n: shown.length }) : word}</span>
        <input type="search" value={query} placeholder={t.search} aria-label={t.search} onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => { if (event.key === 'Escape') setQuery(''); }} />
      </div>
      <div className="scroll" ref={list} role="region" aria-labelledby="handoff-conversation" tabIndex={0}
        onScroll={({ currentTarget: c }) => { atEnd.current = c.scrollHeight - c.scrollTop - c.clientHeight < NEAR_END; setAway(!atEnd.current); if (atEnd.current) setUnseen(false); }}>
        <div role="list">
          {blocks.map((block, b) => (
            <Block key={found ? `found-${b}` : Math.floor(block[0].index / BLOCK)} root={list} turns={block.length}
              shown={b === blocks.length - 1 || Boolean(jump && block.some((turn) => turn.sid === jump.turn.sid))}>
              {block.map((turn) => {
                place += 1;
                return <Said key={turn.sid} turn={turn} words={words} found={found} language={language} place={found ? place : turn.index - first + 1} of={shown.length} />;
              })}
            </Block>
          ))}
        </div>
      </div>
      {(away || unseen) && <button type="button" className={unseen ? 'newest unread' : 'newest'} onClick={() => { toEnd(); list.current?.focus(); }}>↓ {t.newest}</button>}
      <p className="unseen" role="log" aria-label={t.conversation}>{thread.whole && last ? `${nameOf(last, words)}: ${last.body}` : ''}</p>
    </div>
  );
};
