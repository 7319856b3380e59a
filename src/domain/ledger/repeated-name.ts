/**
 * A name that occurs twice in one object of a JSON text; JSON.parse silently keeps the last value. Undefined
 * if there is none. `names` is the total number of names in the parsed objects.
 */
export function repeatedName(text: string, names: number): string | undefined {
  // A cheap upper bound of the number of names, because a text may contain something that looks like the end
  // of a name.
  return endsOfNames(text) === names ? undefined : firstRepeated(text);
}

function endsOfNames(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) <= BLANK) before--;
    if (text.charCodeAt(before) === QUOTE) count++;
  }
  return count;
}

function firstRepeated(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPENING) open.push(new Set());
    else if (code === CLOSING) open.pop();
    if (code !== QUOTE) continue;
    const start = at++;
    while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    let next = at + 1;
    while (text.charCodeAt(next) <= BLANK) next++;
    if (text.charCodeAt(next) !== COLON) continue;
    const name = JSON.parse(text.slice(start, at + 1)) as string;
    if (open.at(-1)?.has(name)) return name;
    open.at(-1)?.add(name);
  }
  return undefined;
}

const COLON = 0x3a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = 0x7b;
const CLOSING = 0x7d;
const BLANK = 0x20;
