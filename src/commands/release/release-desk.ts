import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import { problemsOfProposal, type Proposal } from '../../domain/ledger/proposal.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import type { Meaning } from '../../domain/release/label-meaning.js';
import { readRelease, type ReleaseFigure } from '../../domain/release/release-figures.js';
import { faultsOfSums, type SumFault } from '../../domain/release/release-sums.js';
import { automakerOf } from '../../domain/state/automaker.js';
import type { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { gridFrom } from '../../formats/release-grid.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { PreviewEvents, type Preview } from '../recording/preview-events.js';
import { RecordEvents, type Recording } from '../recording/record-events.js';
import type { KnownLabels } from './known-labels.js';
import { recordedFigures } from './recorded-figures.js';
import type { ReleaseRequest } from './release-request.js';

/** Sums of a release do not hold, and nobody has said that it is to be recorded as it stands. */
export class SumsDoNotHold extends HttpProblem {
  readonly status = 409;
  readonly slug = 'sums-do-not-hold';
  readonly title = 'The release does not add up';
}

/** A release as it was understood, what does not add up, and what recording it would do. */
export interface ReleasePreview {
  readonly figures: readonly ReleaseFigure[];
  readonly labels: ReturnType<typeof readRelease>['labels'];
  readonly unread: ReturnType<typeof readRelease>['unread'];
  readonly sums: readonly SumFault[];
  readonly events: readonly Proposal[];
  /** Absent where there is nothing to record. */
  readonly preview?: Preview;
}

/** What was recorded, and which sums did not hold. */
export type RecordedRelease = Recording & { readonly sums: readonly SumFault[] };

/** Reads monthly releases, checks them against themselves and the ledger, and records them with their one source. */
export class ReleaseDesk {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly states: StreamStateCache,
    private readonly known: KnownLabels,
  ) {}

  /** What was said before of the labels in an automaker's releases. */
  labelsOf(automaker: string): Promise<Readonly<Record<string, Meaning>>> {
    return this.known.of(automaker);
  }

  async preview(automaker: string, request: ReleaseRequest, author: string): Promise<ReleasePreview> {
    const read = await this.read(automaker, request);
    if (read.events.length === 0) return read;
    const stream = automakerStream(automaker);
    return {
      ...read,
      preview: await this.queries.execute(new PreviewEvents(stream, read.events, author, true)),
    };
  }

  /** Throws InvalidRequest where nothing can be read, SumsDoNotHold unless that is confirmed, and what recording throws. */
  async record(
    automaker: string,
    request: ReleaseRequest,
    author: string,
    idempotencyKey?: string,
  ): Promise<RecordedRelease> {
    const { events, sums } = await this.read(automaker, request);
    if (events.length === 0)
      throw new InvalidRequest([{ field: 'text', message: 'holds no figure that can be read' }]);
    if (sums.length > 0 && !request.confirmSums)
      throw new SumsDoNotHold({
        detail: `${sums.length} sums or rates do not hold. Nothing was recorded; mend the table, or send confirmSums.`,
        sums,
      });
    const recording = await this.commands.execute(
      new RecordEvents(automakerStream(automaker), events, {
        author,
        many: true,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      }),
    );
    await this.known.remember(automaker, request.labels);
    return { ...recording, sums };
  }

  private async read(automaker: string, request: ReleaseRequest): Promise<ReleasePreview> {
    const labels = { ...(await this.known.of(automaker)), ...request.labels };
    const release = readRelease(gridFrom(request.text), request.frame, labels);
    const state = automakerOf(automaker, await this.states.current(automakerStream(automaker)));
    const sums = faultsOfSums(release.figures, recordedFigures(state?.figures ?? []));
    const events = release.figures.map((figure) => eventOf(figure, request));
    checkShapes(events);
    return { ...release, sums, events };
  }
}

function eventOf(figure: ReleaseFigure, { source, occurredOn, confirm }: ReleaseRequest): Proposal {
  const { cell: _cell, growth, ...data } = figure;
  return {
    type: 'FigureReported',
    occurredOn,
    data: {
      ...data,
      ...(growth && { growth: { percent: growth.percent, on: growth.on, plusMinus: growth.plusMinus } }),
    },
    evidence: [source],
    ...(confirm.length > 0 && { confirm }),
  } as Proposal;
}

/** Throws InvalidRequest where the one source, or a figure, is no evidence or figure. */
function checkShapes(events: readonly Proposal[]): void {
  const found = new Map<string, string>();
  for (const event of events)
    for (const { field, message } of problemsOfProposal(event))
      found.set(field.replace(/^evidence(\[0\])?\.?/, 'source.'), message);
  if (found.size > 0)
    throw new InvalidRequest([...found].slice(0, 20).map(([field, message]) => ({ field, message })));
}
