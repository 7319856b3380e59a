import { namingBySlug, type Naming } from '../domain/words/goals.js';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { SentenceWords } from '../domain/events/event-type.js';
import { REGIONS } from '../domain/ledger/regions.js';
import type { CompanyRecord } from '../domain/state/company-record.js';
import type { AutomakerRecord } from '../domain/state/records.js';
import { ownerOf, type StreamOwner } from '../domain/ledger/streams.js';
import { ReadModel } from '../read-model/read-model.js';
import { storedRecord } from '../read-model/stored-record.js';
import { SubjectRow } from '../read-model/row-entities.js';

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** The English name of a market, from the Unicode CLDR. */
export function marketName(code: string): string {
  try {
    return REGIONS.get(code)?.name ?? regions.of(code) ?? code;
  } catch {
    return code;
  }
}

function nameIn(row: SubjectRow): string | undefined {
  const record = storedRecord(row) as AutomakerRecord | CompanyRecord;
  return 'names' in record ? record.names[0] : record.name;
}

function nameOf(owner: StreamOwner | undefined): string | undefined {
  if (owner?.owner === 'automaker') return owner.automaker;
  return owner?.owner === 'company' ? owner.company : undefined;
}

/** Countries whose English name has an article within a sentence; CLDR names omit it. */
const WITH_ARTICLE: ReadonlySet<string> = new Set(
  'AE BS CF CK DO FK FO GB GM KM KY MH MP MV NL PH SB SC TC UM US VG VI'.split(' '),
);

/** The name of a market within a sentence: "the Netherlands". */
export const marketInSentence = (code: string): string =>
  WITH_ARTICLE.has(code) ? `the ${marketName(code)}` : marketName(code);

/** Names markets and companies without looking them up in the ledger. */
export const NAMING: Naming = namingBySlug(marketInSentence);

/** The words for the sentences of each stream. */
export interface StreamWords {
  forStream(stream: string): SentenceWords;
}

/** The number of parameters of a statement is limited. */
const STREAMS_AT_ONCE = 500;

/** Looks up the names that sentences use. */
@Injectable()
export class Names {
  constructor(private readonly views: ReadModel) {}

  /** `past` gives the former names of streams, for an earlier state of knowledge. */
  async forStreams(
    streams: readonly string[],
    past: ReadonlyMap<string, string> = new Map(),
  ): Promise<StreamWords> {
    const wanted = [...new Set(streams)];
    const rows: SubjectRow[] = [];
    for (let start = 0; start < wanted.length; start += STREAMS_AT_ONCE) {
      const stream = In(wanted.slice(start, start + STREAMS_AT_ONCE));
      rows.push(
        ...(await this.views.rows
          .getRepository(SubjectRow)
          .findBy({ kind: In(['automaker', 'company']), stream, part: 0 })),
      );
    }
    const names = new Map<string, string | undefined>(rows.map((row) => [row.stream, nameIn(row)]));
    return {
      forStream: (stream) => {
        const owner = ownerOf(stream);
        const automaker = past.get(stream) ?? names.get(stream) ?? nameOf(owner) ?? stream;
        return { automaker, ...NAMING };
      },
    };
  }
}
