/** An entry of a feed, independent of the format. */
export interface FeedItem {
  /** A URN that never changes, wherever the site is hosted. */
  readonly id: string;
  /** The path of the entry's page. */
  readonly path: string;
  readonly title: string;
  /** When the ledger recorded it: an instant. */
  readonly updated: string;
  /** Plain text in addition to the title. */
  readonly text?: string;
  readonly author?: string;
  /** URLs of the sources. */
  readonly sources: readonly string[];
}

/** A feed, independent of the format. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  /** The base URL of the site, without a trailing slash. */
  readonly site: string;
  /** Path and query of the feed itself; `next` is that of the following part. */
  readonly self: string;
  readonly next?: string;
  /** The path of the page with the same content. */
  readonly page: string;
  /** Newest first. */
  readonly items: readonly FeedItem[];
}

/** The update time of an empty feed. */
export const NEVER = '1970-01-01T00:00:00.000Z';

/** The instant of the newest item. */
export const updatedOf = ({ items }: Feed): string =>
  items.reduce((newest, { updated }) => (updated > newest ? updated : newest), NEVER);
