import { Inject, Injectable, Logger } from '@nestjs/common';

/** Injection token of the list of HealthCheck. */
export const HEALTH_CHECKS = Symbol('health checks');

export interface Health {
  readonly ok: boolean;
  /** A sentence for people. Everybody may read it. */
  readonly detail: string;
}

/** A component that the server needs. */
export interface HealthCheck {
  readonly name: string;
  check(): Promise<Health>;
}

/** Whether the server can answer, and the health of each component. */
export interface Readiness {
  readonly status: 'ready' | 'not-ready';
  readonly checks: Readonly<Record<string, Health>>;
}

/** Probes time out after a few seconds, so a hanging component must be detected earlier. */
const PATIENCE_MS = 2000;

/** Checks all components in parallel. */
@Injectable()
export class ReadinessProbe {
  private readonly logger = new Logger(ReadinessProbe.name);

  constructor(@Inject(HEALTH_CHECKS) private readonly checks: readonly HealthCheck[]) {}

  async probe(): Promise<Readiness> {
    const found = await Promise.all(
      this.checks.map(async (each) => [each.name, await this.ask(each)] as const),
    );
    const ready = found.every(([, health]) => health.ok);
    return { status: ready ? 'ready' : 'not-ready', checks: Object.fromEntries(found) };
  }

  private async ask(part: HealthCheck): Promise<Health> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Health>((resolve) => {
      const health = { ok: false, detail: `did not say within ${PATIENCE_MS / 1000} s` };
      timer = setTimeout(() => resolve(health), PATIENCE_MS);
    });
    try {
      return await Promise.race([part.check(), late]);
    } catch (error) {
      this.logger.error(error instanceof Error ? error : String(error));
      return { ok: false, detail: 'could not be asked; the log says why' };
    } finally {
      clearTimeout(timer);
    }
  }
}
