import { unescaped } from './unescaped.js';

/** Quotes and program code, which are not our own wording. */
const QUOTED = /<(script|code|pre|blockquote|q|ins|del)\b[^>]*>[\s\S]*?<\/\1>/g;
const BLOCK =
  /<\/(?:p|li|h\d|td|th|dt|dd|div|summary|caption|option|label|figcaption|text|title|a|small)>|<br>/g;

/** The texts of a page, block by block, including those of its drawings and fields. */
export function sentencesOf(html: string): string[] {
  const body = html.slice(html.indexOf('<main'), html.indexOf('</main>')).replace(QUOTED, ' “” ');
  const told = [...body.matchAll(/ (?:data-say|aria-label|alt|title)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  const filledIn = [...body.matchAll(/<input\b(?=[^>]* type="text")[^>]* value="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  const shown = body
    .replace(BLOCK, '\n')
    .replace(/<[^>]*>/g, '')
    .split('\n');
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
  return [title, ...shown, ...told, ...filledIn]
    .map((text) => unescaped(text).trim())
    .filter((text) => text !== '');
}
