import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { PreviewEvents, type Preview } from '../../commands/recording/preview-events.js';
import { ReviewDesk } from '../../commands/review/review-desk.js';
import { SuggestionDesk } from '../../commands/suggestions/suggestion-desk.js';
import { RecordEvents, type Recording } from '../../commands/recording/record-events.js';
import { problemsOfProposal, type Proposal } from '../../domain/ledger/proposal.js';
import type { FieldError as FieldProblem } from '../../domain/events/field-kind.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { textOf, type FormValues } from '../form-body.js';
import type { EventForm } from './event-form.js';

/** What became of a form. */
export type Outcome =
  | { readonly kind: 'wrong'; readonly problems: readonly FieldProblem[] }
  | {
      readonly kind: 'preview';
      readonly preview: Preview;
      /** What was understood, as a sentence. */
      readonly told?: string;
    }
  | { readonly kind: 'refused'; readonly problem: HttpProblem }
  | { readonly kind: 'recorded'; readonly recording: Recording };

/** Where what people fill in becomes events: checked, tried, recorded. */
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
    const problems = problemsOfProposal(proposal);
    if (problems.length > 0) return { kind: 'wrong', problems };
    // Nothing is wrong with it as a proposal.
    const preview = new PreviewEvents(entry.stream, [proposal as Proposal], author, false);
    const told = entry.told?.(proposal);
    return {
      kind: 'preview',
      preview: await this.queries.execute(preview),
      ...(told !== undefined && { told }),
    };
  }

  /** Records it, once for each key, however often the form is sent. */
  async record(
    entry: EventForm,
    values: FormValues,
    author: string,
    idempotencyKey: string,
  ): Promise<Outcome> {
    const proposal = entry.proposalOf(values);
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
}
