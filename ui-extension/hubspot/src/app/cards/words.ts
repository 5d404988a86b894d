// The card's words. `words.json` is written from the language catalogues by `npm run words`; edit those.
import catalogues from './words.json';

export type Language = keyof typeof catalogues;
export type Key = keyof typeof catalogues.en;

/** English for every language that there is no catalogue for. */
export function languageOf(locale: string | undefined): Language {
  const wanted = (locale ?? '').toLowerCase().split(/[-_]/)[0];
  return wanted !== undefined && Object.hasOwn(catalogues, wanted) ? (wanted as Language) : 'en';
}

export function say(language: Language, key: Key, values: Record<string, string | number> = {}): string {
  return catalogues[language][key].replace(/\{ \$(\w+) \}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The text for a code of ours, or for one that this card does not know. */
export function sayError(language: Language, code: string, part: '' | '-fix'): string {
  const key = `card-error-${code}${part}`;
  const shared = `error-${code}${part}`;
  for (const candidate of [key, shared]) {
    if (Object.hasOwn(catalogues.en, candidate)) return say(language, candidate as Key);
  }
  return say(language, `error-internal${part}`);
}

/** Such as “3 days ago”; the date itself after a month. */
export function ago(locale: string, then: number, now: number): string {
  const seconds = Math.round((then - now) / 1000);
  const steps: [number, number, Intl.RelativeTimeFormatUnit][] = [
    [45, 1, 'second'],
    [2_700, 60, 'minute'],
    [79_200, 3_600, 'hour'],
    [2_592_000, 86_400, 'day'],
  ];
  for (const [below, unit, name] of steps) {
    if (Math.abs(seconds) >= below) continue;
    // What lies ahead is a clock that is off: it reads as now.
    const count = name === 'second' ? 0 : Math.min(0, Math.round(seconds / unit));
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(count, name);
  }
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(then);
}

/** The user's locale as `Intl` wants it; the language alone where it does not know the locale. */
export function intlLocale(locale: string | undefined, language: Language): string {
  const candidate = (locale ?? '').replace('_', '-');
  try {
    const known = Intl.getCanonicalLocales(candidate)[0];
    return known !== undefined && languageOf(known) === language ? known : language;
  } catch {
    return language;
  }
}
