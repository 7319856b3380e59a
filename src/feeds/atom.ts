import { updatedOf, type Feed, type FeedItem } from './feed.js';

/** Characters that XML forbids even when escaped. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const link = (rel: string, href: string, type?: string): string =>
  `<link rel="${rel}" href="${escaped(href)}"${type === undefined ? '' : ` type="${type}"`}/>`;

/** A feed as Atom (RFC 4287). A feed of several parts links to the next one (RFC 5005). */
export function toAtom(feed: Feed): string {
  const { id, title, site, self, next, page, items } = feed;
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    element('id', id),
    element('title', title),
    element('updated', updatedOf(feed)),
    `<author>${element('name', 'Market Expansion Tracker')}</author>`,
    link('self', site + self, 'application/atom+xml'),
    link('alternate', site + page, 'text/html'),
    ...(next === undefined ? [] : [link('next', site + next, 'application/atom+xml')]),
    ...items.map((item) => entryOf(item, site)),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

function entryOf({ id, path, title, updated, text, author, sources }: FeedItem, site: string): string {
  const parts = [
    element('id', id),
    element('title', title),
    element('updated', updated),
    element('published', updated),
    ...(author === undefined ? [] : [`<author>${element('name', author)}</author>`]),
    link('alternate', site + path, 'text/html'),
    ...sources.filter((url) => URL.canParse(url)).map((url) => link('via', url)),
    ...(text === undefined ? [] : [`<summary type="text">${escaped(text)}</summary>`]),
  ];
  return `<entry>\n${parts.join('\n')}\n</entry>`;
}
