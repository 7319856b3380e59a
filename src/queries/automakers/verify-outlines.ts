import { In } from 'typeorm';
import { automakerFrom, type Automaker } from '../../domain/state/automaker.js';
import { progressOf } from '../../domain/goals/progress.js';
import { automakerStream, ownerOf } from '../../domain/ledger/streams.js';
import { OUTLINE_COLUMNS } from '../../read-model/rows.js';
import { OutlineRow, OutlinesReachedRow, SubjectRow, TimelineRow } from '../../read-model/row-entities.js';
import { checkpointOf, type ReadModelTables } from '../../read-model/tables.js';
import type { Finding } from '../../read-model/verify.js';
import { namesToFind } from '../search/names-to-find.js';
import { relativesWanted, withRelatives } from '../relatives.js';
import { differingPasts } from './verify-pasts.js';
import { isOutOfPlace, rowOf } from './kept-outlines.js';
import { OUTLINE_VERSION, workedOut } from './outline.js';

/** The number of automakers read at a time. */
const AT_ONCE = 20;

/**
 * Finds outlines that do not match the records. Outlines of automakers with newer events, or with relatives
 * that have newer events, may be outdated: a question recomputes them.
 */
export async function differingOutlines(views: ReadModelTables, most: number): Promise<Finding[]> {
  const reached = await views.rows.getRepository(OutlinesReachedRow).findOneBy({ id: 1 });
  if (reached?.made !== OUTLINE_VERSION) return [];
  const { position: end } = await checkpointOf(views.rows.manager);
  if (isOutOfPlace(reached, end)) {
    const { position, version } = reached;
    const finding = `outlines: they stand at position ${String(position)} of version ${String(version)}, and the views at ${end}. \`tracker rebuild\` makes the views anew`;
    return [{ finding }];
  }
  const suspects = new Set<string>();
  for (let after = ''; suspects.size < most;) {
    const streams = await streamsAfter(views, after);
    for (const stream of await differingAmong(views, streams)) suspects.add(stream);
    const last = streams.at(-1);
    if (last === undefined) break;
    after = last;
  }
  const pasts = suspects.size < most ? await differingPasts(views) : [];
  if (suspects.size + pasts.length === 0) return [];
  // A server may have recorded events or recomputed outlines meanwhile.
  const news = await streamsWithNews(views, reached.position);
  const findings: Finding[] = [];
  for (const stream of await differingAmong(views, [...suspects])) {
    const [automaker] = (await read(views, [stream])).values();
    const bearing = [stream, ...(automaker ? relativesWanted(automaker).map(automakerStream) : [])];
    if (!bearing.some((each) => news.has(each)))
      findings.push({
        finding: `outlines: the row ${stream} differs from what its records amount to. \`tracker rebuild\` makes the views anew`,
      });
  }
  for (const stream of pasts)
    if (!news.has(stream))
      findings.push({
        finding: `pasts: the row ${stream} differs from what its events amount to. \`tracker rebuild\` makes the views anew`,
      });
  return findings.slice(0, most);
}

/** The next streams that belong to a current automaker or have an outline. */
async function streamsAfter(views: ReadModelTables, after: string): Promise<string[]> {
  const automakers = await views.rows
    .getRepository(SubjectRow)
    .createQueryBuilder('r')
    .select('r.stream', 'stream')
    .where("r.kind = 'automaker' AND r.stream > :after", { after })
    .orderBy('r.stream')
    .limit(AT_ONCE)
    .getRawMany<{ stream: string }>();
  const outlined = await views.rows
    .getRepository(OutlineRow)
    .createQueryBuilder('o')
    .select('o.stream', 'stream')
    .where('o.stream > :after', { after })
    .orderBy('o.stream')
    .limit(AT_ONCE)
    .getRawMany<{ stream: string }>();
  return [...new Set([...automakers, ...outlined].map(({ stream }) => stream))]
    .sort((a, b) => (a < b ? -1 : 1))
    .slice(0, AT_ONCE);
}

async function differingAmong(views: ReadModelTables, streams: readonly string[]): Promise<string[]> {
  const automakers = await read(views, streams);
  const related = new Set([...automakers.values()].flatMap(relativesWanted).map(automakerStream));
  const relatives = [...(await read(views, [...related])).values()];
  const rows = await views.rows.getRepository(OutlineRow).findBy({ stream: In([...streams]) });
  return streams.filter((stream) => {
    const row = rows.find((each) => each.stream === stream);
    const automaker = automakers.get(stream);
    if (!row || !automaker) return row !== undefined || automaker !== undefined;
    const wanted = relativesWanted(automaker);
    return !isSame(
      row,
      withRelatives(
        automaker,
        relatives.filter(({ id }) => wanted.includes(id)),
      ),
    );
  });
}

function isSame(row: OutlineRow, automaker: Automaker): boolean {
  const { shownOn } = row;
  const progress = automaker.targets.map((target) => progressOf(automaker, target, shownOn));
  const due = rowOf(automaker.id, workedOut(automaker, progress, shownOn, [...namesToFind(automaker)]));
  return OUTLINE_COLUMNS.every((name) => row[name] === due[name]);
}

async function read(
  views: ReadModelTables,
  streams: readonly string[],
): Promise<ReadonlyMap<string, Automaker>> {
  if (streams.length === 0) return new Map();
  const records = await views.recordsOf(streams);
  return new Map(
    streams.flatMap((stream): [string, Automaker][] => {
      const owner = ownerOf(stream);
      const source = records.get(stream);
      const automaker =
        owner?.owner === 'automaker' && source ? automakerFrom(owner.automaker, source) : undefined;
      return automaker ? [[stream, automaker]] : [];
    }),
  );
}

async function streamsWithNews(views: ReadModelTables, position: number): Promise<ReadonlySet<string>> {
  const rows = await views.rows
    .getRepository(TimelineRow)
    .createQueryBuilder('t')
    .select('DISTINCT t.stream', 'stream')
    .where('t.position > :position', { position })
    .getRawMany<{ stream: string }>();
  return new Set(rows.map(({ stream }) => stream));
}
