import { Global, Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import { EventLoopDelay } from './event-loop-delay.js';
import { HeapBound } from './heap-bound.js';
import { HEALTH_CHECKS, ReadinessProbe, type HealthCheck } from './health.js';
import { Metrics } from './metrics.js';
import { OperationsController } from './operations.controller.js';

/**
 * The metrics, for all modules that count something. Separate from OperationsModule, which imports the
 * modules that it checks.
 */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}

export interface OperationsOptions {
  /** Modules that export the checks. */
  readonly imports?: ModuleMetadata['imports'];
  /** Tokens of the HealthCheck providers that readiness depends on. */
  readonly checks?: readonly InjectionToken[];
}

/** Health, readiness and metrics over HTTP. */
@Module({})
export class OperationsModule {
  static forRoot({ imports = [], checks = [] }: OperationsOptions = {}): DynamicModule {
    return {
      module: OperationsModule,
      imports: [MetricsModule, ...imports],
      controllers: [OperationsController],
      providers: [
        ReadinessProbe,
        EventLoopDelay,
        HeapBound,
        { provide: HEALTH_CHECKS, inject: [...checks], useFactory: (...parts: HealthCheck[]) => parts },
      ],
    };
  }
}
