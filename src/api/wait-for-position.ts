import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isReading } from './reading-methods.js';
import { HttpProblem } from '../problems/http-problem.js';
import { ReadModel } from '../read-model/read-model.js';
import { SETTINGS, type Settings } from '../settings.js';

/** The views have not reached the position that a read requires. */
export class ReadModelBehind extends HttpProblem {
  readonly status = 503;
  readonly slug = 'views-behind';
  readonly title = 'The views have not come that far';
  override readonly headers = { 'Retry-After': '1' };
}

/** Read-your-own-writes: a GET with `minPosition` waits, for limited time, until views have that event. */
@Injectable()
export class WaitForPosition implements CanActivate {
  constructor(
    private readonly views: ReadModel,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { method, query } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isReading({ method }) || typeof query !== 'object' || query === null || !('minPosition' in query))
      return true;
    // An invalid position is refused by the parameter validation, which runs after guards.
    if (typeof query.minPosition !== 'string' || !/^\d{1,15}$/.test(query.minPosition)) return true;
    return this.waitFor(Number(query.minPosition));
  }

  private async waitFor(position: number): Promise<boolean> {
    if (await this.views.waitFor(position, this.settings.minPositionWaitMs)) return true;
    const detail = `The views stand at position ${this.views.status.position}, before ${position}. Ask again in a moment.`;
    throw new ReadModelBehind({ detail });
  }
}
