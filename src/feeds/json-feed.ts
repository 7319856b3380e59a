import type { Feed } from './feed.js';

/** A feed as JSON Feed 1.1. */
export function toJsonFeed({ title, site, self, next, page, items }: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    language: 'en',
    home_page_url: site + page,
    feed_url: site + self,
    ...(next !== undefined && { next_url: site + next }),
    authors: [{ name: 'Market Expansion Tracker' }],
    items: items.map(({ id, path, title: words, updated, text, author, sources }) => ({
      id,
      url: site + path,
      title: words,
      content_text: text ?? words,
      date_published: updated,
      ...(author !== undefined && { authors: [{ name: author }] }),
      ...(sources[0] !== undefined && { external_url: sources[0] }),
    })),
  });
}
