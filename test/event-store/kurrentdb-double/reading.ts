import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { status, type ServerWritableStream } from '@grpc/grpc-js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { callError } from './call-error.js';
import type { KurrentDouble } from './double.js';
import type { Fault } from './faults.js';
import type { LogEvent } from './log.js';
import { checkpoint, confirmation, eventMessage, nameOf, streamNotFound } from './messages.js';

type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** Streams.Read: events of a stream or of all streams, in both directions, and subscriptions to all. */
export function reading(double: KurrentDouble) {
  return {
    read: (call: ReadCall) => {
      void answer(double, call).finally(() => double.open.delete(call));
    },
  };
}

async function answer(double: KurrentDouble, call: ReadCall): Promise<void> {
  const options = call.request.getOptions();
  if (!options) return;
  const kind = options.hasSubscription() ? 'subscribe' : 'read';
  const stream = options.hasStream() ? nameOf(options.getStream()?.getStreamIdentifier()) : undefined;
  const refusal = double.refusal(kind, call.metadata);
  if (refusal) return fail(call, refusal);
  const fault = double.faultFor(kind, stream);
  if (fault?.kind === 'refuse') return fail(call, callError(status.UNAVAILABLE, 'Server Is Not Ready'));
  if (fault?.kind === 'time-out') return fail(call, callError(status.ABORTED, 'Operation timed out'));
  double.open.add(call);
  call.on('cancelled', () => double.open.delete(call));
  if (fault?.kind === 'silence') return new Promise(() => undefined);
  if (fault?.kind === 'delay') await pause(fault.ms);
  const output = new Output(double, call, fault);
  if (kind === 'subscribe') return subscribed(double, call, options, output, fault);
  const { looked } = double;
  const events = found(double, options, stream);
  if (double.lookMs > 0) await pause((double.looked - looked) * double.lookMs);
  if (events === 'deleted')
    return fail(
      call,
      callError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
        exception: 'stream-deleted',
        'stream-name': stream ?? '',
      }),
    );
  if (events === 'not-found') await output.send(streamNotFound(stream ?? ''));
  else for (const event of events) if (!(await output.send(output.message(event, options)))) return;
  call.end();
}

function fail(call: ReadCall, error: Error): void {
  // `end` would send a second status, for success.
  call.emit('error', error);
}

function found(
  double: KurrentDouble,
  options: streams.ReadReq.Options,
  stream: string | undefined,
): readonly LogEvent[] | 'not-found' | 'deleted' {
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const count = Number(options.getCount());
  if (stream !== undefined) {
    const events = double.log.read(stream);
    if (typeof events === 'string') return events;
    const place = options.getStream();
    if (backwards) return events.toReversed().slice(0, count);
    const from = place?.hasRevision() ? Number(place.getRevision()) : 0;
    const skipped = Math.max(0, from - (events[0]?.revision ?? 0));
    return events.slice(skipped, skipped + count);
  }
  const all = options.getAll();
  const { events } = double.log;
  const isOurs = filterOf(options);
  // Reads include the event at their start position; subscriptions do not.
  const start = all?.hasPosition() ? double.log.indexOf(Number(all.getPosition()?.getCommitPosition())) : 0;
  const taken: LogEvent[] = [];
  const step = backwards ? -1 : 1;
  for (let at = backwards ? events.length - 1 : start; taken.length < count && events[at]; at += step) {
    const event = events[at];
    if (event && isOurs(event)) taken.push(event);
    else double.looked++;
  }
  return taken;
}

function filterOf(options: streams.ReadReq.Options): (event: LogEvent) => boolean {
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList();
  return ({ stream }) => !prefixes || prefixes.some((prefix) => stream.startsWith(prefix));
}

async function subscribed(
  double: KurrentDouble,
  call: ReadCall,
  options: streams.ReadReq.Options,
  output: Output,
  fault: Fault | undefined,
): Promise<void> {
  const { log } = double;
  const isOurs = filterOf(options);
  const start = options.getAll()?.getPosition();
  let last = start ? Number(start.getCommitPosition()) : 0;
  let wake: () => void = () => undefined;
  const stopListening = log.listen(() => wake());
  call.on('cancelled', () => wake());
  try {
    if (!(await output.send(confirmation(randomUUID())))) return;
    while (!call.cancelled && !call.destroyed) {
      const end = log.events.at(-1)?.at ?? 0;
      if (fault?.kind !== 'pause' && end > last) {
        // Sends the checkpoint before the events, to catch a client that takes it for its own position.
        if (!(await output.send(checkpoint(end)))) return;
        for (let at = log.indexOf(last + 1); at < log.events.length; at++) {
          const event = log.events[at];
          if (!event) break;
          last = event.at;
          if (isOurs(event) && !(await output.send(output.message(event, options)))) return;
        }
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stopListening();
  }
}

/** The answer to one read, with its fault. */
class Output {
  private events = 0;

  constructor(
    private readonly double: KurrentDouble,
    private readonly call: ReadCall,
    private readonly fault: Fault | undefined,
  ) {}

  message(event: LogEvent, options: streams.ReadReq.Options): streams.ReadResp {
    return eventMessage(event, options.hasAll(), options.getUuidOption()?.hasStructured() ?? false);
  }

  /** Sends one message; false if the reader is gone. */
  async send(message: streams.ReadResp): Promise<boolean> {
    const { call, fault } = this;
    if (message.hasEvent()) {
      const number = this.events++;
      if (fault?.kind === 'drop' && number >= fault.after) {
        this.double.dropConnections();
        return false;
      }
      if (fault?.kind === 'slow') await pause(fault.ms);
      if (fault?.kind === 'skip' && number === fault.message) return true;
      if (fault?.kind === 'repeat') await this.write(message);
    }
    await this.write(message);
    return !call.cancelled && !call.destroyed;
  }

  private async write(message: streams.ReadResp): Promise<void> {
    const { call } = this;
    if (call.cancelled || call.destroyed || call.write(message)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        for (const event of ['drain', 'cancelled', 'close', 'error']) call.off(event, done);
        resolve();
      };
      for (const event of ['drain', 'cancelled', 'close', 'error']) call.on(event, done);
    });
  }
}
