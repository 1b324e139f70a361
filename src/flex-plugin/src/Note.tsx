import React, { useEffect, useState } from 'react';
import type { Handoff } from './handoff';
import type { Turn } from './thread';
import { ago, languageName, Words } from './texts';

const MARKS = { positive: '▲', neutral: '●', negative: '▼' };

export const Mood: React.FC<{ handoff: Handoff; words: Words }> = ({ handoff, words }) => (
  <p className="facts">
    <span className={`mood ${handoff.sentiment}`}><span aria-hidden="true">{MARKS[handoff.sentiment]} </span>
      <span className="unseen">{words.t.sentiment}: </span>{words.t[handoff.sentiment]}</span>
    {handoff.language && <span><span className="unseen">{words.t.language}: </span>{languageName(handoff.language, words.lang)}</span>}
  </p>
);

const Ago: React.FC<{ at: string; words: Words }> = ({ at, words }) => {
  const [, tick] = useState(0);
  useEffect(() => { const timer = window.setInterval(() => tick((n) => n + 1), 5000); return () => window.clearInterval(timer); }, []);
  return Number.isNaN(Date.parse(at)) ? null : <p className="facts"><span>{words.t.handedOver}: <time dateTime={at}>{ago(at, words.lang)}</time></span></p>;
};

/** The note as text, to be pasted elsewhere. */
export function noteText(handoff: Handoff, last: Turn | undefined, { t, lang }: Words): string {
  return [handoff.reason || t.noReason, handoff.summary, `${t.sentiment}: ${t[handoff.sentiment]}`,
    handoff.language && `${t.language}: ${languageName(handoff.language, lang)}`, last && `${t.lastWords}: ${last.body}`,
    handoff.number && `${t.number}: ${handoff.number}`, ...handoff.data.map(([name, value]) => `${name}: ${value}`)].filter(Boolean).join('\n');
}

interface Props { handoff: Handoff; words: Words; last?: Turn; whole?: string; show(turn: Turn): void; copy(): void }

/** What the rep has to know, from the attributes alone but for the caller's last words and the thread's own note, which has it uncut. */
export const Note: React.FC<Props> = ({ handoff, words, last, whole, show, copy }) => (
  <div className="note">
    <div className="head">
      <h2 dir="auto">{handoff.reason || words.t.noReason}</h2>
      <button type="button" onClick={copy} aria-keyshortcuts="C">{words.t.copy}</button>
    </div>
    {handoff.summary && <p dir="auto"><span className="unseen">{words.t.summary}: </span>{handoff.summary}</p>}
    <Mood handoff={handoff} words={words} />
    <Ago at={handoff.at} words={words} />
    {last && (
      <figure>
        <figcaption>{words.t.lastWords}</figcaption>
        <blockquote dir="auto" lang={last.language ?? handoff.language}>{last.body}</blockquote>
        <button type="button" className="link" onClick={() => show(last)}>{words.t.show}</button>
      </figure>
    )}
    {(handoff.number || handoff.data.length > 0) && (
      <details>
        <summary>{words.t.details}</summary>
        <dl>
          {handoff.number && <div><dt>{words.t.number}</dt><dd dir="ltr">{handoff.number}</dd></div>}
          {handoff.data.map(([name, value]) => <div key={name}><dt dir="ltr">{name}</dt><dd dir="auto">{value}</dd></div>)}
        </dl>
      </details>
    )}
    {whole && (
      <details open={!handoff.summary}>
        <summary>{words.t.wholeNote}</summary>
        <p className="whole" dir="auto">{whole}</p>
      </details>
    )}
  </div>
);
