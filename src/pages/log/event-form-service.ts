import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { MoveReceipt } from '../../commands/recording/move-events.js';
import { moveFrom } from '../../commands/recording/move-request.js';
import { PreviewEvents, type Preview, type PreviewOutcome } from '../../commands/recording/preview-events.js';
import { PreviewMove } from '../../commands/recording/preview-move.js';
import { ReviewDesk } from '../../commands/review/review-desk.js';
import { SuggestionDesk } from '../../commands/suggestions/suggestion-desk.js';
import { RecordEvents, type Recording } from '../../commands/recording/record-events.js';
import { problemsOfProposal, type Proposal } from '../../domain/ledger/proposal.js';
import type { FieldError as FieldProblem } from '../../domain/events/field-kind.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { textOf, type FormValues } from '../form-body.js';
import type { EventForm } from './event-form.js';

/** The outcome of a submitted form. */
export type Outcome =
  | { readonly kind: 'wrong'; readonly problems: readonly FieldProblem[] }
  | {
      readonly kind: 'preview';
      readonly preview: Preview;
      /** The sentence of the event, as it was understood. */
      readonly told?: string;
      /** For a move: the effects on the stream that the event leaves. */
      readonly besides?: Preview;
    }
  | { readonly kind: 'refused'; readonly problem: HttpProblem }
  | { readonly kind: 'recorded'; readonly recording: Recording }
  | { readonly kind: 'moved'; readonly receipt: MoveReceipt };

/** Turns submitted forms into events: validates, previews and records them. */
@Injectable()
export class EventFormService {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly suggestions: SuggestionDesk,
    private readonly reviews: ReviewDesk,
  ) {}

  /** What recording it would do. */
  async preview(entry: EventForm, values: FormValues, author: string): Promise<Outcome> {
    const proposal = entry.proposalOf(values);
    if (entry.act === 'move') return this.previewMove(entry, proposal, author);
    const problems = problemsOfProposal(proposal);
    if (problems.length > 0) return { kind: 'wrong', problems };
    // Validation found no problem, so this is a proposal.
    const preview = new PreviewEvents(entry.stream, [proposal as Proposal], author, false);
    const told = entry.told?.(proposal);
    return {
      kind: 'preview',
      preview: await this.queries.execute(preview),
      ...(told !== undefined && { told }),
    };
  }

  /** Records it, only once for each key, however often the form is submitted. */
  async record(
    entry: EventForm,
    values: FormValues,
    author: string,
    idempotencyKey: string,
  ): Promise<Outcome> {
    const proposal = entry.proposalOf(values);
    if (entry.act === 'move') return this.move(entry, proposal, author);
    const problems = problemsOfProposal(proposal);
    if (problems.length > 0) return { kind: 'wrong', problems };
    try {
      const record = (key: string): Promise<Recording> =>
        this.commands.execute(
          new RecordEvents(entry.stream, [proposal as Proposal], { author, idempotencyKey: key }),
        );
      const { suggestion } = entry;
      const recording = suggestion
        ? await this.suggestions.acceptAs(suggestion.id, author, record)
        : await record(idempotencyKey);
      const [first] = recording.events;
      if (first && textOf(values, 'review') === 'yes') await this.reviews.ask(first.id, undefined, author);
      return { kind: 'recorded', recording };
    } catch (error) {
      if (error instanceof HttpProblem && error.status < 500) return { kind: 'refused', problem: error };
      throw error;
    }
  }

  private async previewMove(entry: EventForm, request: object, author: string): Promise<Outcome> {
    try {
      const { streams } = await this.queries.execute(
        new PreviewMove(moveFrom(entry.stream, request, author)),
      );
      const [there, here] = streams;
      const told = entry.told?.(request);
      return {
        kind: 'preview',
        preview: { ...there, accepted: there.accepted && here.accepted, outcomes: refusedOrOne(streams) },
        besides: here,
        ...(told !== undefined && { told }),
      };
    } catch (error) {
      return wrongOrRefused(error);
    }
  }

  /** A move is idempotent, so it needs no key. */
  private async move(entry: EventForm, request: object, author: string): Promise<Outcome> {
    try {
      const receipt = await this.commands.execute(moveFrom(entry.stream, request, author));
      return { kind: 'moved', receipt };
    } catch (error) {
      return wrongOrRefused(error);
    }
  }
}

/** The refusals on either side of a move; without any, one outcome with the warnings of both. */
function refusedOrOne(streams: readonly Preview[]): readonly PreviewOutcome[] {
  const outcomes = streams.flatMap((each) => each.outcomes);
  const refused = outcomes.filter(({ accepted }) => !accepted);
  if (refused.length > 0) return refused;
  const warnings = outcomes.flatMap((each) => (each.accepted ? each.warnings : []));
  return [{ index: 0, accepted: true, version: 1, warnings }];
}

/** Problems with fields appear beside them; refusals by the ledger appear above the form. */
function wrongOrRefused(error: unknown): Outcome {
  if (error instanceof InvalidRequest) {
    const problems = error.problems.map(({ field, message }) => ({ field: `data.${field}`, message }));
    return { kind: 'wrong', problems };
  }
  if (error instanceof HttpProblem && error.status < 500) return { kind: 'refused', problem: error };
  throw error;
}
