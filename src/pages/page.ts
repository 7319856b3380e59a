import type { EventType } from '../domain/events/catalogue.js';
import type { ComponentChild } from 'preact';
import type { Clocks } from '../domain/ledger/clocks.js';
import { addressOf } from './page-context.js';

/** A page as its controller makes it: what is on it, and what it offers besides. */
export interface Page {
  readonly title: string;
  /** One sentence for search engines and previews. */
  readonly description: string;
  readonly body: ComponentChild;
  /** Status of the answer, 200 unless told. */
  readonly status?: number;
  /** The path of the API whose answer holds the numbers of the page, the clocks left out. */
  readonly api?: string;
  /** That path names its points in time itself, and takes no clocks. */
  readonly apiHasPoints?: boolean;
  /** Offered as CSV at the page's own address with `csv=<name>`. */
  readonly tables?: readonly DataTable[];
  /** Offered beside them, and made only when they are asked for. */
  readonly files?: readonly TableFile[];
  /** It answers one question of its reader, and is no data set by itself. */
  readonly isAnswer?: true;
  /** The charts of the page by the names that their pictures have, the one that says most first. */
  readonly charts?: readonly string[];
  /** Filters of the timeline whose feed tells what is new of this page. */
  readonly feed?: Readonly<Record<string, string>>;
  /** Further feeds by their names, each with its title, such as `verdicts`. */
  readonly otherFeeds?: readonly (readonly [name: string, title: string])[];
  /** Where it has something to add to the head, such as a structured description of the data. */
  readonly section?: Section;
}

/** The address of the answer that holds the numbers of a page; undefined where there is none. */
export function dataAddress({ api, apiHasPoints = false }: Page, clocks: Clocks): string | undefined {
  return api === undefined || apiHasPoints ? api : addressOf(api, { ...clocks });
}

/** Parts of the site, as its navigation names them. */
export type Section =
  'automakers' | 'goals' | 'markets' | 'timeline' | 'compare' | 'theses' | 'audit' | 'log';

export type Cell = string | number | undefined;

/** What a page shows, as rows: the twin of a chart or map, and a file to take away. */
export interface DataTable {
  /** Names it in addresses, such as `markets`. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What to mind when it is used, in sentences. */
  readonly notes?: readonly string[];
  /** The events that its rows rest on: their sources are its sources. They are looked up where a workbook is asked for. */
  readonly events?: () => readonly string[];
  /** Or all events of some types, where its rows are counted from those. */
  readonly eventTypes?: readonly EventType[];
}

/** A table that no part of the page shows. */
export interface TableFile extends Pick<DataTable, 'name' | 'caption'> {
  make(): Promise<DataTable>;
}

/** All tables of a page, those that it shows first. */
export const tablesOffered = ({ tables = [], files = [] }: Page): readonly (DataTable | TableFile)[] => [
  ...tables,
  ...files,
];

/** Instead of a page: go there. */
export class SeeOther {
  constructor(readonly location: string) {}
}
