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
    /** The caller; null without a valid key or session. */
    principal: Principal | null;
  }
}

export const REQUIRED_ROLE = 'access:required role';

/**
 * The role that a handler requires. `anyone` is for probes: they never need a key, wherever the server
 * listens.
 */
export type RequiredRole = Role | 'anyone';

/**
 * Sets the role for a controller or handler. GET needs `reader` by default; all other methods must declare
 * one.
 */
export function RequireRole(need: RequiredRole): CustomDecorator {
  return SetMetadata(REQUIRED_ROLE, need);
}

export const ALLOW_SESSION = 'access:allow session';

/** Also accepts the key of a browser session. For pages only, never for the API. */
export function AllowSession(): CustomDecorator {
  return SetMetadata(ALLOW_SESSION, true);
}

/** The name of the request's key: the author of the recorded events. */
export const Author = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  authorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The same, for a handler that reads the request itself. */
export function authorOf({ principal }: Pick<FastifyRequest, 'principal'>): string {
  if (!principal) throw new Unauthenticated({ detail: 'Send a key: what is recorded has an author.' });
  return principal.name;
}
