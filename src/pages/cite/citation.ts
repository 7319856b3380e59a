import type { Day } from '../../domain/ledger/edtf.js';
import { withCapital } from '../../domain/words/values.js';
import type { Instant } from '../../domain/ledger/instant.js';

/** A page at a point in time, with everything a citation needs so that it can be found again. */
export interface CitedPage {
  readonly title: string;
  /** A permanent address of the same page. */
  readonly address: string;
  /** Number of events that the page is based on, and when the last of them was recorded. */
  readonly position: number;
  readonly recordedAt: Instant;
  readonly trueOn: Day;
  readonly publicOn?: Day;
  /** Root of the Merkle tree of these events, in base64. */
  readonly root: string;
}

const SITE = 'Market Expansion Tracker';

/** The basis of the page, as a note beside its title. */
const standsOn = ({ position, recordedAt, trueOn, publicOn, root }: CitedPage): string =>
  [
    `ledger at event ${position}, recorded ${recordedAt}`,
    `world as of ${trueOn}`,
    ...(publicOn === undefined ? [] : [`published by ${publicOn}`]),
    `checkpoint root ${root}`,
  ].join('; ');

/** A sentence for a footnote. */
export function citationText(page: CitedPage): string {
  return `${SITE} (${page.recordedAt.slice(0, 4)}): ${page.title}. ${withCapital(standsOn(page))}. ${page.address}`;
}

/** Characters with a special meaning in TeX. */
const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

const tex = (text: string): string => text.replace(/[\\{}$&#%_~^]/g, (sign) => TEX[sign] ?? sign);

const keyOf = ({ title, position }: CitedPage): string =>
  `tracker-${title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)}-${position}`;

/** An entry of a BibTeX file. */
export function bibtexOf(page: CitedPage): string {
  const [year = '', month = ''] = page.recordedAt.split('-');
  return [
    `@misc{${keyOf(page)},`,
    `  author = {{${SITE}}},`,
    `  title  = {{${tex(page.title)}}},`,
    `  year   = {${year}},`,
    `  month  = {${Number(month)}},`,
    `  note   = {${tex(standsOn(page))}},`,
    `  url    = {${page.address}}`,
    '}',
    '',
  ].join('\n');
}

/** The same for reference managers (CSL-JSON). */
export function cslOf(page: CitedPage): readonly object[] {
  const parts = page.recordedAt.slice(0, 10).split('-').map(Number);
  return [
    {
      id: keyOf(page),
      type: 'webpage',
      title: page.title,
      author: [{ literal: SITE }],
      'container-title': SITE,
      issued: { 'date-parts': [parts] },
      version: String(page.position),
      note: standsOn(page),
      URL: page.address,
    },
  ];
}
