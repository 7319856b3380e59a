import type { EventType } from '../domain/events/catalogue.js';
import type { ComponentChild } from 'preact';
import type { Clocks } from '../domain/ledger/clocks.js';
import { addressOf } from './page-context.js';

/** A page as its controller returns it: its contents, and what it offers besides. */
export interface Page {
  readonly title: string;
  /** One sentence for search engines and previews. */
  readonly description: string;
  readonly body: ComponentChild;
  /** HTTP status, 200 by default. */
  readonly status?: number;
  /** The path of the API answer with the page's numbers, without clocks. */
  readonly api?: string;
  /** The path contains its points in time itself, and takes no clocks. */
  readonly apiHasPoints?: boolean;
  /** Offered as CSV at the page's own address with `csv=<name>`. */
  readonly tables?: readonly DataTable[];
  /** Additional tables, computed only on request. */
  readonly files?: readonly TableFile[];
  /** The page answers one reader's question, and is no data set by itself. */
  readonly isAnswer?: true;
  /** The charts of the page by the names of their pictures, the most important one first. */
  readonly charts?: readonly string[];
  /** Timeline filters of the feed with this page's news. */
  readonly feed?: Readonly<Record<string, string>>;
  /** Other feeds, each with its name and title, such as `verdicts`. */
  readonly otherFeeds?: readonly (readonly [name: string, title: string])[];
  /** Additional elements for the head, such as a structured description of the data. */
  readonly section?: Section;
}

/** The address of the answer with the numbers of a page; undefined if there is none. */
export function dataAddress({ api, apiHasPoints = false }: Page, clocks: Clocks): string | undefined {
  return api === undefined || apiHasPoints ? api : addressOf(api, { ...clocks });
}

/** Sections of the site, as in its navigation. */
export type Section =
  'automakers' | 'goals' | 'markets' | 'timeline' | 'compare' | 'theses' | 'audit' | 'log';

export type Cell = string | number | undefined;

/** The data of a page as rows: a table beside a chart or map, and a file to download. */
export interface DataTable {
  /** Its name in addresses, such as `markets`. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Caveats for its use, in sentences. */
  readonly notes?: readonly string[];
  /** The events behind its rows; their sources are the table's sources. Looked up only for a workbook. */
  readonly events?: () => readonly string[];
  /** Alternatively, all events of some types, if the rows are counted from them. */
  readonly eventTypes?: readonly EventType[];
}

/** A table that no part of the page shows. */
export interface TableFile extends Pick<DataTable, 'name' | 'caption'> {
  make(): Promise<DataTable>;
}

/** All tables of a page, the visible ones first. */
export const tablesOffered = ({ tables = [], files = [] }: Page): readonly (DataTable | TableFile)[] => [
  ...tables,
  ...files,
];

/** A redirect, instead of a page. */
export class SeeOther {
  constructor(readonly location: string) {}
}
