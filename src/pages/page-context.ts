import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Principal } from '../access/api-key.js';
import type { Clocks } from '../domain/ledger/clocks.js';
import type { Day } from '../domain/ledger/edtf.js';

/** A remark about the clocks of a page, and the day on the public clock to go to instead. */
export interface ClockNote {
  readonly sentence: string;
  readonly publicOn?: Day;
}

/** Somebody looks at a page: what all parts of the page may want to know. */
export interface PageContext {
  /** The address of the site, without a slash at its end. */
  readonly site: string;
  /** Path of the page, without its query. */
  readonly path: string;
  /** The query, as far as it is text. */
  readonly query: Readonly<Record<string, string>>;
  /** The three clocks as the address states them. */
  readonly clocks: Clocks;
  readonly today: Day;
  /** Who is signed in. */
  readonly principal: Principal | null;
  /** Goes into every form that changes something; absent where nobody is signed in. */
  readonly formToken?: string;
  /** Who is told of only up to some event, because this version cannot read it. */
  readonly partlyTold?: readonly string[];
  /** Whom the page is about, where nothing more can be recorded of it because its stream was deleted. */
  readonly closed?: string;
  /** What to say of the clocks: what nobody dated, and that nothing was recorded yet. */
  readonly clockNotes?: readonly ClockNote[];
  /** The path of the API whose answer holds the numbers of the page. */
  readonly api?: string;
}

const PageContexts = createContext<PageContext | undefined>(undefined);

export const PageContextProvider = PageContexts.Provider;

/** The context that a page is rendered in. */
export function usePageContext(): PageContext {
  const context = useContext(PageContexts);
  if (!context) throw new Error('a page is rendered for a request');
  return context;
}

export type LinkParameters = Readonly<Record<string, string | number | undefined>>;

/** An address with the clocks of the request: whoever looks at the past stays in the past. */
export function useLink(): (path: string, parameters?: LinkParameters) => string {
  const { clocks } = usePageContext();
  return (path, parameters = {}) => addressOf(path, { ...parameters, ...clocks });
}

/** A path with a query; parameters that are undefined are left out. Text goes in escaped. */
export function addressOf(path: string, parameters: LinkParameters): string {
  const [bare = '', given] = path.split('?', 2);
  const query = new URLSearchParams(given);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? bare : `${bare}?${text}`;
}
