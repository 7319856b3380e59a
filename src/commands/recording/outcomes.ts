import type { IEvent } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/ledger/decide.js';

/**
 * The outcome of a command, published on the event bus once it is final. Only metrics listen. Views must not,
 * because the bus keeps no order and does not redeliver after a listener fails.
 */
export class EventsRecorded implements IEvent {
  constructor(
    readonly stream: string,
    readonly count: number,
  ) {}
}

export class ProposalRefused implements IEvent {
  constructor(readonly reason: Rejection['kind']) {}
}
