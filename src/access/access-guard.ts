import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Forbidden, NO_KEY, Unauthenticated, WRONG_KEY } from '../problems/access-problems.js';
import { covers } from './api-key.js';
import { type RequiredRole, REQUIRED_ROLE, ALLOW_SESSION } from './require-role.js';

/** Allows a request if its caller's role is sufficient, or if reading is open to all. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly openReading: boolean,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.session && this.declared(ALLOW_SESSION, context) !== true) request.principal = null;
    const need = this.needOf(context, request.method);
    if (need === 'anyone') return true;
    // A wrong key is an error even if no key is needed, because its owner expects to be recognised.
    if (request.hasWrongKey) throw new Unauthenticated({ detail: WRONG_KEY });
    if (!request.principal) {
      if (need === 'reader' && this.openReading) return true;
      throw new Unauthenticated({ detail: NO_KEY });
    }
    const { name, role } = request.principal;
    if (covers(role, need)) return true;
    throw new Forbidden({
      detail: `This needs the role ${need}; the key "${name}" has the role ${role}.`,
      needs: need,
    });
  }

  private needOf(context: ExecutionContext, method: string): RequiredRole {
    const declared = this.declared(REQUIRED_ROLE, context) as RequiredRole | undefined;
    if (declared !== undefined) return declared;
    if (method === 'GET' || method === 'HEAD') return 'reader';
    // A missing declaration must fail closed, with a clear error.
    throw new Error(
      `${context.getClass().name}.${context.getHandler().name} declares no role: add @RequireRole(…)`,
    );
  }

  private declared(what: string, context: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride(what, [context.getHandler(), context.getClass()]);
  }
}
