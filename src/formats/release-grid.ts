/** A pasted table: rows of cells, trimmed. */
export type Grid = readonly (readonly string[])[];

/** Size limits of a release. One more row and column are read, so that callers can detect a larger table. */
export const MOST_ROWS = 300;
export const MOST_COLUMNS = 60;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

/**
 * Reads a pasted table: HTML, Markdown, separated by tabs, commas or semicolons, or columns separated by two
 * blanks.
 */
export function gridFrom(text: string): Grid {
  const lines = text
    .replaceAll('\r\n', '\n')
    .replace(/^\ufeff/, '')
    .split('\n');
  const grid = /<t[dr]\b/i.test(text) ? htmlGrid(text) : lines.map(splitterOf(lines));
  return grid
    .map((row) => row.slice(0, MOST_COLUMNS + 1).map((cell) => cell.replaceAll(/\s+/g, ' ').trim()))
    .filter((row) => row.some((cell) => cell !== '' && !/^[-:|=\s]+$/.test(cell)))
    .slice(0, MOST_ROWS + 1);
}

/** Chooses how to split lines into cells, by what most lines contain. */
function splitterOf(lines: readonly string[]): (line: string) => string[] {
  const filled = lines.filter((line) => line.trim() !== '');
  const having = (sign: string): number => filled.filter((line) => line.includes(sign)).length;
  if (having('\t') * 2 > filled.length) return (line) => line.split('\t');
  if (having('|') * 2 > filled.length)
    return (line) =>
      line
        .replace(/^\s*\|/, '')
        .replace(/\|\s*$/, '')
        .split('|');
  if (having(';') * 2 > filled.length) return (line) => quoted(line, ';');
  if (filled.filter((line) => /\S\s{2,}\S/.test(line)).length * 2 > filled.length)
    return (line) => line.trim().split(/\s{2,}/);
  if (filled.filter((line) => NUMBERS_AT_END.test(line)).length * 2 > filled.length) return byNumbers(filled);
  return (line) => quoted(line, ',');
}

const NUMBER = String.raw`[(+\-−▲▼]?\d[\d,.]*\)?%?\)?[*†]?|[-–—]|n\/a`;
/** Words followed by numbers with single blanks between them, as in text copied from a PDF. */
const NUMBERS_AT_END = new RegExp(String.raw`^(.*?\p{L}.*?)\s+((?:${NUMBER})(?:\s+(?:${NUMBER}))*)$`, 'u');

/**
 * Splits lines whose numbers are separated by single blanks. Heads are split into as many cells, if possible.
 */
function byNumbers(lines: readonly string[]): (line: string) => string[] {
  const cellsOf = (line: string): string[] | undefined => {
    const [, label, numbers] = NUMBERS_AT_END.exec(line.trim()) ?? [];
    return label === undefined || numbers === undefined ? undefined : [label, ...numbers.split(/\s+/)];
  };
  const width = Math.max(...lines.map((line) => cellsOf(line)?.length ?? 0));
  return (line) => {
    const cells = cellsOf(line);
    if (cells && cells.length === width) return cells;
    // "March 2026" is a single head.
    const heads = line
      .trim()
      .replaceAll(/([A-Za-z]{3,9}\.?) ((?:19|20)\d\d)\b/g, '$1\u00a0$2')
      .split(/ +/)
      .map((head) => head.replaceAll('\u00a0', ' '));
    if (heads.length === width) return heads;
    return heads.length === width - 1 ? ['', ...heads] : (cells ?? [line]);
  };
}

/** Splits a line into cells that may be quoted. */
function quoted(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (sign === separator && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}

/** The cells of an HTML table. A spanning cell is repeated in each of its places. */
function htmlGrid(html: string): string[][] {
  const grid: (string | undefined)[][] = [];
  for (const [row, [, inner = '']] of [...html.matchAll(/<tr\b[^>]*>([\s\S]*?)(?=<\/tr>|<tr\b|$)/gi)]
    .slice(0, MOST_ROWS + 1)
    .entries()) {
    let column = 0;
    for (const [, attributes = '', content = ''] of inner.matchAll(
      /<t[dh]\b([^>]*)>([\s\S]*?)(?=<\/t[dh]>|<t[dh]\b|$)/gi,
    )) {
      while (grid[row]?.[column] !== undefined) column += 1;
      const [wide, high] = [spanOf(attributes, 'colspan'), spanOf(attributes, 'rowspan')];
      for (let down = 0; down < high; down++)
        for (let right = 0; right < wide; right++)
          (grid[row + down] ??= [])[column + right] = textOf(content);
      column += wide;
    }
  }
  return grid.map((cells) => Array.from(cells, (cell) => cell ?? ''));
}

const spanOf = (attributes: string, name: string): number =>
  Math.min(
    MOST_COLUMNS + 1,
    Math.max(1, Number(new RegExp(`${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(attributes)?.[1] ?? 1)),
  );

const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole);
