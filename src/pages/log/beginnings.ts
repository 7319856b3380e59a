import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { definitionOf, isAmendment, isEventType } from '../../domain/events/catalogue.js';
import { fieldsOf } from '../../domain/events/validation.js';
import { NotFound } from '../../problems/not-found.js';
import { GetProgress } from '../../queries/automakers/get-progress.js';
import { GetEvent, type EventLife } from '../../queries/events/get-event.js';
import type { FormValues } from '../form-body.js';
import { valuesFrom } from './form-inputs.js';

/** What has to be told anew each time: it is what the new event is about. */
const TOLD_ANEW: readonly string[] = [
  'wording',
  'value',
  'period',
  'asOf',
  'reason',
  'from',
  'to',
  'growth',
  'city',
];

/** What a form begins with where it is to be like an event that is recorded, or about the same goal. */
@Injectable()
export class Beginnings {
  constructor(private readonly queries: QueryBus) {}

  /** Nothing where there is no such event, or where it says nothing that the type asks for. */
  async like(id: string, type: string): Promise<FormValues> {
    const life = await this.eventOf(id);
    if (!life || !isEventType(type)) return {};
    const definition = definitionOf(type);
    if (isAmendment(definition)) return {};
    const said = await this.saidIn(life);
    const asked = new Set([...fieldsOf(definition.data).keys()]);
    const kept = Object.fromEntries(
      Object.entries(said).filter(([name]) => asked.has(name) && !TOLD_ANEW.includes(name)),
    );
    const [source] = life.evidence;
    return {
      ...valuesFrom(definition.data, 'data', kept),
      // Another event of a type is often told by the same publisher; of a goal, it is said again somewhere else.
      ...(life.type === type &&
        source && { 'evidence[0].publisher': source.publisher, 'evidence[0].grade': source.grade }),
    };
  }

  private async eventOf(id: string): Promise<EventLife | undefined> {
    try {
      return await this.queries.execute(new GetEvent(id.toLowerCase(), {}));
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  /** What the event says; of a goal, its terms as they are now. */
  private async saidIn({ data, automaker }: EventLife): Promise<object> {
    const target = 'target' in data ? data.target : undefined;
    if (typeof target !== 'string' || automaker === undefined) return data;
    const { terms } = await this.queries.execute(new GetProgress(automaker, target, {}));
    return { ...terms, target };
  }
}
