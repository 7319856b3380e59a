import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Unauthenticated } from './access-problems.js';
import type { Caller, Role } from './api-key.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null where nobody has shown a valid key, or is signed in. */
    caller: Caller | null;
  }
}

export const NEEDS = 'access:needs';

/** What a handler asks of its caller. `anyone` is for probes: no key, wherever the server listens. */
export type Need = Role | 'anyone';

/** The role that a controller or handler needs. GET needs `reader` unless told; all else has to be declared. */
export function Needs(need: Need): CustomDecorator {
  return SetMetadata(NEEDS, need);
}

export const TAKES_SESSIONS = 'access:takes sessions';

/** Besides a key in the header, the handlers take the one of a browser that is signed in: for pages, never for the API. */
export function TakesSessions(): CustomDecorator {
  return SetMetadata(TAKES_SESSIONS, true);
}

/** The name of the key that a request was made with: the author of what it records. */
export const Author = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!caller) throw new Unauthenticated({ detail: 'Send a key: what is recorded has an author.' });
  return caller.name;
});
