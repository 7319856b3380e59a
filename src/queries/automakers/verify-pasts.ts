import { ownerOf } from '../../domain/ledger/streams.js';
import { foldEvents } from '../../domain/state/evolve.js';
import { finish } from '../../domain/state/steps.js';
import { PastRow, TimelineRow } from '../../read-model/row-entities.js';
import type { ReadModelTables } from '../../read-model/tables.js';
import { recordedIn } from '../events/amended-rows.js';
import { ALL_DAYS, pastRowOf } from './kept-pasts.js';
import { pastOutlineInSteps } from './past-outline.js';

/**
 * The streams whose stored past does not match their events. One that has ended cannot be compared: it was made before the last
 * event. Nor does one tell anything wrong that holds for no day.
 */
export async function differingPasts(views: ReadModelTables): Promise<string[]> {
  const rows = await views.rows
    .getRepository(PastRow)
    .createQueryBuilder('p')
    .select('p.stream', 'stream')
    .where(`p.until = :all AND p.doc <> 'null'`, { all: ALL_DAYS })
    .orderBy('p.stream')
    .getRawMany<Pick<PastRow, 'stream'>>();
  const differing: string[] = [];
  for (const { stream } of rows) {
    const row = await views.rows.getRepository(PastRow).findOneBy({ stream });
    if (row && row.doc !== (await docOf(views, stream))) differing.push(stream);
  }
  return differing;
}

async function docOf(views: ReadModelTables, stream: string): Promise<string | undefined> {
  const owner = ownerOf(stream);
  if (owner?.owner !== 'automaker') return undefined;
  const rows = await views.rows.getRepository(TimelineRow).find({
    where: { stream },
    order: { position: 'ASC' },
  });
  const state = foldEvents(stream, rows.map(recordedIn));
  const { automaker } = owner;
  return pastRowOf(automaker, finish(pastOutlineInSteps(automaker, state))).doc;
}
