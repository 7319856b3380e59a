import { randomUUID } from 'node:crypto';
import { Body, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Matches, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { RequireRole } from '../../access/require-role.js';
import { Optional } from '../../api/clock-parameters.js';
import { ReleaseDesk } from '../../commands/release/release-desk.js';
import { releaseRequestFrom } from '../../commands/release/release-request.js';
import { idNamed } from '../../domain/ledger/picked-names.js';
import { gridFrom } from '../../formats/release-grid.js';
import { Unauthenticated } from '../../problems/access-problems.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { InvalidRequest, type FieldProblem } from '../../problems/request-problems.js';
import { ListNamesToPick, type NamesToPick } from '../../queries/log/names-to-pick.js';
import { formValues, textOf, type FormValues } from '../form-body.js';
import { addressOf } from '../page-context.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import { SeeOther, type Page } from '../page.js';
import { labelsIn, valuesOfMeaning, type LabelFields } from './label-fields.js';
import { digestOf, monthOf, pastedIn, requestOf } from './release-form.js';
import { ReleasePage, type JustRecorded, type ReleaseOutcome } from './release-page.js';

export class ReleasePageParameters extends PageParameters {
  /** The automaker of the release. */
  @Optional()
  @MaxLength(200)
  automaker?: string;

  /** Number of figures that were recorded just before. */
  @Optional()
  @Matches(/^\d{1,6}$/)
  recorded?: string;
}

/** Records the pasted table of a monthly release after checks and a preview. */
@PageController('log/release')
@RequireRole('analyst')
export class ReleasePageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly desk: ReleaseDesk,
  ) {}

  @Get()
  async form(@Query() { automaker = '', recorded, minPosition = '0' }: ReleasePageParameters): Promise<Page> {
    const { id, name, names } = await this.named(automaker);
    const justRecorded =
      recorded === undefined || id === undefined
        ? undefined
        : { figures: Number(recorded), automaker: id, position: Number(minPosition) };
    return pageOf({ automaker: name ?? automaker }, names, name, {}, labelsIn({}), justRecorded);
  }

  @Post()
  @HttpCode(200)
  async paste(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Page | SeeOther> {
    const values = formValues(body);
    const author = request.principal?.name;
    if (author === undefined)
      throw new Unauthenticated({ detail: 'Sign in first: what is recorded has an author.' });
    const { id, name, names } = await this.named(textOf(values, 'automaker'));
    const typed = labelsIn(values);
    if (id === undefined) return pageOf(values, names, undefined, { problems: [NO_AUTOMAKER] }, typed);
    const wanted = requestOf(values, await this.desk.labelsOf(id), names);
    const digest = digestOf({ ...wanted, automaker: id });
    let refusal: string | undefined;
    try {
      const release = releaseRequestFrom(wanted);
      if (textOf(values, 'step') === 'record') {
        if (textOf(values, 'shown') === digest) {
          const { events, position } = await this.desk.record(id, release, author, keyIn(values));
          return new SeeOther(
            addressOf('/log/release', {
              automaker: id,
              recorded: events.length,
              ...(position !== undefined && { minPosition: position }),
            }),
          );
        }
        refusal = 'Something was changed after the table was shown. Look at it as it is now, then record it.';
      }
    } catch (error) {
      if (error instanceof InvalidRequest)
        return pageOf(values, names, name, { problems: problemsOf(error) }, typed);
      if (!(error instanceof HttpProblem) || error.status >= 500) throw error;
      refusal = 'What speaks against it stands below.';
    }
    try {
      const shown = await this.desk.preview(id, releaseRequestFrom(wanted), author);
      const grid = gridFrom(pastedIn(values));
      const labels = labelsOf(shown.labels, monthOf(values), names);
      const outcome = { shown, grid, digest, ...(refusal !== undefined && { refusal }) };
      return pageOf(values, names, name, outcome, labels);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      return pageOf(values, names, name, { problems: problemsOf(error) }, typed);
    }
  }

  /** The automaker that a text names, and the names that its release may use. */
  private async named(text: string): Promise<{
    readonly id: string | undefined;
    readonly name: string | undefined;
    readonly names: NamesToPick;
  }> {
    const all = await this.queries.execute(new ListNamesToPick(undefined));
    const id = text === '' ? undefined : idNamed(text, all.automakers);
    if (id === undefined) return { id, name: undefined, names: all };
    const name = all.automakers.find((each) => each.id === id)?.names[0];
    return { id, name, names: await this.queries.execute(new ListNamesToPick(id)) };
  }
}

const NO_AUTOMAKER: FieldProblem = {
  field: 'automaker',
  message: 'must name an automaker that is registered, such as XPeng',
};

/** The distinct labels of the table, with their interpretation. */
function labelsOf(
  labels: readonly { readonly key: string; readonly label: string; readonly meaning: object }[],
  month: string,
  names: NamesToPick,
): LabelFields[] {
  const once = new Map(labels.map((each) => [each.key, each]));
  return [...once.values()].map(({ label, meaning }) => ({
    label,
    values: valuesOfMeaning(label, meaning, month, names.entity),
  }));
}

/** The problems of a request, with the names of fields in the form. */
const problemsOf = ({ details }: InvalidRequest): FieldProblem[] =>
  (details['errors'] as readonly FieldProblem[]).map(({ field, message }) => ({
    field: field.replace(/^source\.?/, 'evidence[0].'),
    message: field === 'month' ? 'must be a month, such as March 2026' : message,
  }));

function keyIn(values: FormValues): string {
  const key = textOf(values, 'idempotencyKey');
  return /^[\x21-\x7e]{1,255}$/.test(key) ? key : randomUUID();
}

function pageOf(
  values: FormValues,
  names: NamesToPick,
  automaker: string | undefined,
  outcome: ReleaseOutcome,
  labels: readonly LabelFields[],
  justRecorded?: JustRecorded,
): Page {
  const { problems = [], refusal } = outcome;
  const given = textOf(values, 'idempotencyKey');
  return {
    title: problems.length > 0 ? 'Error: Paste a release' : 'Paste a release',
    description: 'Paste the table of a monthly release, check it and record it.',
    section: 'log',
    ...(problems.length > 0 && { status: 400 }),
    ...(refusal !== undefined && { status: 409 }),
    body: (
      <ReleasePage
        values={values}
        names={names}
        automaker={automaker}
        labels={labels}
        idempotencyKey={given === '' ? randomUUID() : given}
        outcome={outcome}
        {...(justRecorded && { justRecorded })}
      />
    ),
  };
}
