import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { isOfApi } from '../access/is-of-api.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { isReading } from './reading-methods.js';

/**
 * Refuses parameters of a route of the API that declares none: nothing else looks at them, and a dry run that is
 * asked for where there is none would record. Routes that declare parameters refuse others themselves. A guard, which
 * costs a request nothing: with one interceptor, Nest makes a dozen Observables and promises for each.
 */
@Injectable()
export class UnaskedParameters implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // Every read may wait for a position.
    const given = Object.keys(request.query as object).filter(
      (name) => !(name === 'minPosition' && isReading(request)),
    );
    // Most requests have no parameters, so the route is looked at last.
    if (given.length > 0 && isOfApi(request) && !declaresParameters(context))
      throw new InvalidRequest(
        given.map((field) => ({ field, message: 'is not a known field: this route takes no parameters' })),
      );
    return true;
  }
}

function declaresParameters(context: ExecutionContext): boolean {
  const declared = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ??
    {}) as object;
  return Object.keys(declared).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}
