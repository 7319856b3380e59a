import { unescaped } from './unescaped.js';

/** What is quoted of others, or is a program's own: no words of ours. */
const QUOTED = /<(script|code|pre|blockquote|q|ins|del)\b[^>]*>[\s\S]*?<\/\1>/g;
const BLOCK =
  /<\/(?:p|li|h\d|td|th|dt|dd|div|summary|caption|option|label|figcaption|text|title|a|small)>|<br>/g;

/** The pieces of text that a page shows or says, block by block: its text, and what its drawings and fields tell. */
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
