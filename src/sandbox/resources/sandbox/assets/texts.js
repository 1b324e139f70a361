// What the Flex plugin says to a rep, in the rep's language; the desk shows a handoff in the same words.

const read = async (name) => (await fetch(`/sandbox/assets/${name}`)).json();

const [all, known] = await Promise.all([read('texts.json'), read('attributes.json')]);

export const LANGUAGES = Object.keys(all);

/** What Twilio, Flex and the handoff itself write on a task; the rest is the AI's and the routing's own data. */
export const KNOWN = new Set(known);

export const MARKS = { positive: '▲', neutral: '●', negative: '▼' };

/** The language of the rep, and its words as `t`. */
export const rep = { lang: 'en', dir: 'ltr', t: all.en };

export function speak(lang) {
  Object.assign(rep, { lang, dir: lang === 'ar' ? 'rtl' : 'ltr', t: all[lang] });
}

/** A text with its gaps filled. */
export const fill = (name, values) => rep.t[name].replace(/{(\w+)}/g, (_, key) => String(values[key]));

/** "12 seconds ago". */
export function ago(iso) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(iso)) / 1000));
  const [n, unit] =
    seconds < 120
      ? [seconds, 'second']
      : seconds < 7200
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3600), 'hour'];
  return new Intl.RelativeTimeFormat(rep.lang).format(-n, unit);
}
