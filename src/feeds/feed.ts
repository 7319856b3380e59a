/** Something that a feed tells, in its own words. */
export interface FeedItem {
  /** The same for ever, wherever the site stands: a URN. */
  readonly id: string;
  /** The path of its page. */
  readonly path: string;
  readonly title: string;
  /** When the ledger learned it: an instant. */
  readonly updated: string;
  /** Plain text beside the title. */
  readonly text?: string;
  readonly author?: string;
  /** Addresses of the sources. */
  readonly sources: readonly string[];
}

/** A feed before it is written in a format. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  /** The address of the site, without a slash at its end. */
  readonly site: string;
  /** Path and query of the feed itself, and of the part of it that comes after this one. */
  readonly self: string;
  readonly next?: string;
  /** The path of the page that shows the same. */
  readonly page: string;
  /** Newest first. */
  readonly items: readonly FeedItem[];
}

/** When a feed that tells nothing was changed: never since the beginning of time. */
export const NEVER = '1970-01-01T00:00:00.000Z';

/** The instant of the newest item. */
export const updatedOf = ({ items }: Feed): string =>
  items.reduce((newest, { updated }) => (updated > newest ? updated : newest), NEVER);
