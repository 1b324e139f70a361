import all from './texts.json';

export type Texts = (typeof all)['en'];
export interface Words { lang: string; dir: 'ltr' | 'rtl'; t: Texts; fill(name: keyof Texts, values: Record<string, string | number>): string }

/** The words of the language that Flex is set to, or English; `own` are a customer's. */
export function wordsIn(tag: string, own: Partial<Texts> = {}): Words {
  const code = tag.toLowerCase().split(/[-_]/)[0];
  const lang = code in all ? code : 'en';
  const t = { ...all[lang as keyof typeof all], ...own };
  return { lang, dir: lang === 'ar' ? 'rtl' : 'ltr', t,
    fill: (name, values) => t[name].replace(/{(\w+)}/g, (_, key: string) => String(values[key])) };
}

/** "Spanish (Mexico)", or the tag itself where it names none. */
export function languageName(tag: string, lang: string): string {
  try { return new Intl.DisplayNames([lang], { type: 'language', languageDisplay: 'standard' } as Intl.DisplayNamesOptions).of(tag) ?? tag; } catch { return tag; }
}

export function timeOf(iso: string, lang: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
}

/** "12 seconds ago". */
export function ago(iso: string, lang: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  const [n, unit] = seconds < 120 ? [seconds, 'second'] as const : seconds < 7200 ? [Math.round(seconds / 60), 'minute'] as const : [Math.round(seconds / 3600), 'hour'] as const;
  return new Intl.RelativeTimeFormat(lang).format(-n, unit);
}
