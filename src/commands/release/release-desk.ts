import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import { problemsOfProposal, type Proposal } from '../../domain/ledger/proposal.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import type { Meaning } from '../../domain/release/label-meaning.js';
import { labelsOfItself, labelsOfNamesakes, withKnownBrands } from '../../domain/release/known-names.js';
import type { ReleaseFigure } from '../../domain/release/release-figure.js';
import { readRelease } from '../../domain/release/release-figures.js';
import {
  placeOf,
  proposalsFor,
  standingOf,
  type FigureStanding,
  type Settlement,
} from '../../domain/release/release-standing.js';
import { faultsOfSums, type SumFault } from '../../domain/release/release-sums.js';
import { automakerOf, type Automaker } from '../../domain/state/automaker.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import type { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { gridFrom, MOST_COLUMNS, MOST_ROWS, type Grid } from '../../formats/release-grid.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { eventsOfKey } from '../recording/events-of-key.js';
import { PreviewEvents, type Preview } from '../recording/preview-events.js';
import { RecordEvents, type RecordedReceipt } from '../recording/record-events.js';
import { DuplicateEvent } from '../recording/rejections.js';
import type { KnownLabels } from './known-labels.js';
import { recordedFigures } from './recorded-figures.js';
import type { ReleaseRequest } from './release-request.js';

/** Sums of a release do not add up, and the request does not confirm to record it anyway. */
export class SumsDoNotHold extends HttpProblem {
  readonly status = 409;
  readonly slug = 'sums-do-not-hold';
  readonly title = 'The release does not add up';
}

/** Cells differ from figures recorded from the same source, and the request does not settle them. */
export class FiguresDiffer extends HttpProblem {
  readonly status = 409;
  readonly slug = 'figures-differ';
  readonly title = 'The release differs from what was recorded from the same source';
}

/** A figure of a release, its relation to the recorded figure, and the analyst's decision on a difference. */
export type HeldFigure = ReleaseFigure & {
  readonly standing: FigureStanding;
  readonly settlement?: Settlement;
};

/** A release as understood, its sums that do not add up, and what recording it would do. */
export interface ReleasePreview {
  readonly figures: readonly HeldFigure[];
  readonly labels: ReturnType<typeof readRelease>['labels'];
  readonly unread: ReturnType<typeof readRelease>['unread'];
  readonly sums: readonly SumFault[];
  /** The events to record. Known figures are left out. */
  readonly events: readonly Proposal[];
  /** Absent when there is nothing to record. */
  readonly preview?: Preview;
}

/** What was recorded. Without events and position if all figures were known. */
export interface RecordedRelease {
  readonly stream: string;
  readonly revision: number;
  readonly position?: number;
  readonly events: readonly RecordedReceipt[];
  /** Number of figures that were already recorded from this source. */
  readonly known: number;
  /** Sums that do not add up, as the analyst confirmed. */
  readonly sums: readonly SumFault[];
}

/** How often a release is read again because somebody else recorded one of its figures meanwhile. */
const ATTEMPTS = 3;

/**
 * Reads monthly releases, checks their sums and compares them with the ledger, and records the new figures
 * with the release as their one source.
 */
export class ReleaseDesk {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly states: StreamStateCache,
    private readonly known: KnownLabels,
  ) {}

  /**
   * The meanings of labels in an automaker's releases beyond the general rules: from the automaker's
   * entities, and from analysts' earlier answers.
   */
  async labelsOf(automaker: string): Promise<Readonly<Record<string, Meaning>>> {
    const recorded = automakerOf(automaker, await this.states.current(automakerStream(automaker)));
    return {
      ...(recorded && labelsOfNamesakes(entitiesOf(recorded))),
      ...(recorded && labelsOfItself(automaker, recorded.profile)),
      ...(await this.known.of(automaker)),
    };
  }

  async preview(automaker: string, request: ReleaseRequest, author: string): Promise<ReleasePreview> {
    const { state: _state, ...read } = await this.read(automaker, request);
    if (read.events.length === 0) return read;
    const stream = automakerStream(automaker);
    return {
      ...read,
      preview: await this.queries.execute(new PreviewEvents(stream, read.events, author, true)),
    };
  }

  /**
   * Records the new figures, all or none. Throws InvalidRequest when nothing can be read, SumsDoNotHold and
   * FiguresDiffer unless the request settles them, and the errors of recording.
   */
  async record(
    automaker: string,
    request: ReleaseRequest,
    author: string,
    idempotencyKey?: string,
  ): Promise<RecordedRelease> {
    for (let attempt = 1; ; attempt++)
      try {
        return await this.recordOnce(automaker, request, author, idempotencyKey);
      } catch (error) {
        // Somebody recorded the same figure after it was looked up.
        if (!(error instanceof DuplicateEvent) || attempt === ATTEMPTS) throw error;
      }
  }

  private async recordOnce(
    automaker: string,
    request: ReleaseRequest,
    author: string,
    idempotencyKey?: string,
  ): Promise<RecordedRelease> {
    const stream = automakerStream(automaker);
    const { figures, events, sums, state } = await this.read(automaker, request, { author, idempotencyKey });
    if (figures.length === 0)
      throw new InvalidRequest([{ field: 'text', message: 'holds no figure that can be read' }]);
    refuseUnsettled(figures);
    const known = figures.filter(({ standing }) => standing.kind === 'known').length;
    if (events.length === 0) {
      await this.known.remember(automaker, request.labels);
      return { stream, revision: state.revision, events: [], known, sums };
    }
    const wrong = sums.filter(({ isRounding }) => !isRounding);
    if (wrong.length > 0 && !request.confirmSums)
      throw new SumsDoNotHold({
        detail: `${wrong.length} sums or rates do not hold. Nothing was recorded; mend the table, or send confirmSums.`,
        sums,
      });
    const recording = await this.commands.execute(
      new RecordEvents(stream, events, {
        author,
        many: true,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      }),
    );
    await this.known.remember(automaker, request.labels);
    return { ...recording, known, sums };
  }

  /**
   * Reads a release and compares it with the ledger. Events of an earlier request with the same key are
   * ignored.
   */
  private async read(
    automaker: string,
    request: ReleaseRequest,
    once: { readonly author?: string; readonly idempotencyKey?: string | undefined } = {},
  ): Promise<ReleasePreview & { readonly state: StreamState }> {
    const { source, occurredOn, settlements } = request;
    const state = await this.states.current(automakerStream(automaker));
    const recorded = automakerOf(automaker, state);
    const labels = { ...(await this.labelsOf(automaker)), ...request.labels };
    const release = withKnownBrands(
      readRelease(gridOf(request.text), request.frame, labels),
      recorded ? entitiesOf(recorded) : new Set(),
    );
    // Checks shapes before the comparison with the source, so that an invalid source is always reported.
    checkShapes(release.figures.filter(({ rest }) => !rest).map((figure) => asNew(figure, state, request)));
    const without =
      once.author === undefined || once.idempotencyKey === undefined
        ? new Set<string>()
        : eventsOfKey(state, once.author, once.idempotencyKey);
    const sums = faultsOfSums(release.figures, recordedFigures(recorded?.figures ?? []));
    const figures = release.figures.map((figure): HeldFigure => {
      const standing = standingOf(figure, { state, source, without });
      const settlement = standing.kind === 'differs' ? settlements(placeOf(figure.cell)) : undefined;
      return { ...figure, standing, ...(settlement && { settlement }) };
    });
    const events = figures.flatMap(({ standing, settlement, ...figure }) =>
      proposalsFor(figure, standing, settlement, { state, source, occurredOn }).map(
        (event) =>
          ({ ...event, ...(request.confirm.length > 0 && { confirm: request.confirm }) }) as Proposal,
      ),
    );
    checkShapes(events);
    return { ...release, figures, sums, events, state };
  }
}

/** Throws InvalidRequest when the table is larger than releases are, instead of ignoring a part of it. */
function gridOf(text: string): Grid {
  const grid = gridFrom(text);
  if (grid.length > MOST_ROWS || grid.some((row) => row.length > MOST_COLUMNS))
    throw new InvalidRequest([
      {
        field: 'text',
        message: `has more than ${MOST_ROWS} rows or ${MOST_COLUMNS} columns: paste it in parts`,
      },
    ]);
  return grid;
}

/** Throws FiguresDiffer when a cell differs from its recorded figure and the request does not settle it. */
function refuseUnsettled(figures: readonly HeldFigure[]): void {
  const differing = figures.filter(
    ({ standing, settlement }) => standing.kind === 'differs' && settlement === undefined,
  );
  if (differing.length === 0) return;
  throw new FiguresDiffer({
    detail: `${differing.length} figures differ from what was recorded from the same source. Nothing was recorded; say under differing, for all or for each cell, whether it was recorded wrongly (correct), the source puts it right (restate), both stand (add) or it is left as it is (leave).`,
    figures: differing,
  });
}

function asNew(figure: ReleaseFigure, state: StreamState, { source, occurredOn }: ReleaseRequest): Proposal {
  const [event] = proposalsFor(figure, { kind: 'new' }, undefined, { state, source, occurredOn });
  // A new figure is recorded as one event.
  return event as Proposal;
}

/** Throws InvalidRequest when the source is not valid evidence or a figure is not valid. */
function checkShapes(events: readonly Proposal[]): void {
  const found = new Map<string, string>();
  for (const event of events)
    for (const { field, message } of problemsOfProposal(event))
      found.set(field.replace(/^evidence(\[0\])?\.?/, 'source.'), message);
  if (found.size > 0)
    throw new InvalidRequest([...found].slice(0, 20).map(([field, message]) => ({ field, message })));
}

/** The brands, models and groups in an automaker's figures. */
const entitiesOf = ({ figures }: Automaker): ReadonlySet<string> =>
  new Set(figures.flatMap(({ entity }) => entity ?? []));
