import { Controller, Get, Header, HttpStatus, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { RequireRole } from '../access/require-role.js';
import { ReadinessProbe, type Readiness } from './health.js';
import { Metrics } from './metrics.js';

/** Endpoints for operators. */
@Controller()
export class OperationsController {
  constructor(
    private readonly readiness: ReadinessProbe,
    private readonly metrics: Metrics,
  ) {}

  /** Whether the process answers at all. */
  @Get('health/live')
  @RequireRole('anyone')
  @RouteConfig({ unlimited: true })
  @Header('Cache-Control', 'no-store')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Whether all components work: 200, or 503 with the state of each. */
  @Get('health/ready')
  @RequireRole('anyone')
  @RouteConfig({ unlimited: true })
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.readiness.probe();
    if (readiness.status === 'not-ready') reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return readiness;
  }

  /** Metrics in Prometheus text format. */
  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  async figures(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
