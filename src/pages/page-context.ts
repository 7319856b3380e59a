import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Principal } from '../access/api-key.js';
import type { Clocks } from '../domain/ledger/clocks.js';
import type { Day } from '../domain/ledger/edtf.js';

/** A remark about the clocks of a page, and the day on the public clock as an alternative. */
export interface ClockNote {
  readonly sentence: string;
  readonly publicOn?: Day;
}

/** The request data that all parts of a page may need. */
export interface PageContext {
  /** The address of the site, without a trailing slash. */
  readonly site: string;
  /** Path of the page, without its query. */
  readonly path: string;
  /** The text parameters of the query. */
  readonly query: Readonly<Record<string, string>>;
  /** The three clocks as given in the address. */
  readonly clocks: Clocks;
  readonly today: Day;
  /** The signed-in user. */
  readonly principal: Principal | null;
  /** Required in every form that changes something; absent if nobody is signed in. */
  readonly formToken?: string;
  /** Names of those whose events are shown only up to one that this version cannot read. */
  readonly partlyTold?: readonly string[];
  /** The subject of the page, if its stream was deleted and nothing more can be recorded about it. */
  readonly closed?: string;
  /** Remarks about the clocks: undated evidence, or a point before the first recording. */
  readonly clockNotes?: readonly ClockNote[];
  /** The path of the API answer with the numbers of the page. */
  readonly api?: string;
}

const PageContexts = createContext<PageContext | undefined>(undefined);

export const PageContextProvider = PageContexts.Provider;

/** The context in which a page is rendered. Throws outside of a page. */
export function usePageContext(): PageContext {
  const context = useContext(PageContexts);
  if (!context) throw new Error('a page is rendered for a request');
  return context;
}

export type LinkParameters = Readonly<Record<string, string | number | undefined>>;

/** Makes addresses with the clocks of the request, so that readers of the past stay in the past. */
export function useLink(): (path: string, parameters?: LinkParameters) => string {
  const { clocks } = usePageContext();
  return (path, parameters = {}) => addressOf(path, { ...parameters, ...clocks });
}

/** A path with a query; undefined parameters are omitted, and texts are escaped. */
export function addressOf(path: string, parameters: LinkParameters): string {
  const [bare = '', given] = path.split('?', 2);
  const query = new URLSearchParams(given);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? bare : `${bare}?${text}`;
}
