import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { definitionOf, isAmendment, isEventType } from '../../domain/events/catalogue.js';
import { fieldsOf } from '../../domain/events/validation.js';
import { NotFound } from '../../problems/not-found.js';
import { GetProgress } from '../../queries/automakers/get-progress.js';
import { GetEvent, type EventLife } from '../../queries/events/get-event.js';
import type { FormValues } from '../form-body.js';
import { valuesFrom } from './form-inputs.js';

/** Fields that must be entered anew each time, because they are what the new event is about. */
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

/** What was said of a goal again, or anew: by another source than the time before. */
const OF_A_KNOWN_GOAL: readonly string[] = ['TargetRevised', 'TargetRestated', 'TargetWithdrawn'];

/** Initial values of a form for an event that is similar to a recorded one, or about the same goal. */
@Injectable()
export class Beginnings {
  constructor(private readonly queries: QueryBus) {}

  /** Empty if there is no such event, or if it has no data for the fields of the type. */
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
      // Another event of the same type often has the same publisher.
      ...(life.type === type &&
        !OF_A_KNOWN_GOAL.includes(type) &&
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

  /** The data of the event; for a goal, its current terms. */
  private async saidIn({ data, automaker }: EventLife): Promise<object> {
    const target = 'target' in data ? data.target : undefined;
    if (typeof target !== 'string' || automaker === undefined) return data;
    const { terms } = await this.queries.execute(new GetProgress(automaker, target, {}));
    return { ...terms, target };
  }
}
