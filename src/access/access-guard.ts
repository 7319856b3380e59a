import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Forbidden, Unauthenticated } from './access-problems.js';
import { type Caller, covers } from './api-key.js';
import { ApiKeys } from './api-keys.js';
import { type Need, NEEDS, TAKES_SESSIONS } from './needs.js';
import { sessionKey } from './session.js';

/** Lets a request through where its key's role suffices, or where reading is open. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly keys: ApiKeys,
    private readonly reflector: Reflector,
    private readonly openReading: boolean,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const need = this.needOf(context, request.method);
    if (need === 'anyone') {
      request.caller = await this.signedIn(context, request);
      return true;
    }
    request.caller = (await this.callerOf(request)) ?? (await this.signedIn(context, request));
    if (!request.caller) {
      if (need === 'reader' && this.openReading) return true;
      throw new Unauthenticated({ detail: 'Send a key as "Authorization: Bearer met_…".' });
    }
    const { name, role } = request.caller;
    if (covers(role, need)) return true;
    throw new Forbidden({
      detail: `This needs the role ${need}; the key "${name}" has the role ${role}.`,
      needs: need,
    });
  }

  private needOf(context: ExecutionContext, method: string): Need {
    const declared = this.reflector.getAllAndOverride<Need | undefined>(NEEDS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (declared !== undefined) return declared;
    if (method === 'GET' || method === 'HEAD') return 'reader';
    // A forgotten declaration has to fail closed, and loudly.
    throw new Error(
      `${context.getClass().name}.${context.getHandler().name} declares no role: add @Needs(…)`,
    );
  }

  /** Who a browser is signed in as. A key that was revoked meanwhile signs it out, and is no error: it may read on. */
  private async signedIn(context: ExecutionContext, { headers }: FastifyRequest): Promise<Caller | null> {
    const takes = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(TAKES_SESSIONS, takes) !== true) return null;
    const key = sessionKey(headers.cookie);
    return key === undefined ? null : ((await this.keys.authenticate(key)) ?? null);
  }

  private async callerOf({ headers: { authorization } }: FastifyRequest): Promise<Caller | null> {
    if (authorization === undefined) return null;
    const caller = await this.keys.authenticate(bearer(authorization) ?? '');
    // A wrong key is an error even where none is needed: its holder believes to be somebody.
    if (!caller) throw new Unauthenticated({ detail: 'The key is not known, or it is revoked.' });
    return caller;
  }
}

/** The key in an Authorization header. */
export function bearer(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^Bearer +(\S+)$/i.exec(authorization)?.[1];
}
