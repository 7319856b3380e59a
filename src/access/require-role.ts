import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Unauthenticated } from '../problems/access-problems.js';
import type { Principal, Role } from './api-key.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null where nobody has shown a valid key, or is signed in. */
    principal: Principal | null;
  }
}

export const REQUIRED_ROLE = 'access:required role';

/** What a handler asks of its caller. `anyone` is for probes: no key, wherever the server listens. */
export type RequiredRole = Role | 'anyone';

/** The role that a controller or handler needs. GET needs `reader` unless told; all else has to be declared. */
export function RequireRole(need: RequiredRole): CustomDecorator {
  return SetMetadata(REQUIRED_ROLE, need);
}

export const ALLOW_SESSION = 'access:allow session';

/** Besides a key in the header, the handlers take the one of a browser that is signed in: for pages, never for the API. */
export function AllowSession(): CustomDecorator {
  return SetMetadata(ALLOW_SESSION, true);
}

/** The name of the key that a request was made with: the author of what it records. */
export const Author = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!principal) throw new Unauthenticated({ detail: 'Send a key: what is recorded has an author.' });
  return principal.name;
});
