import { Inject, Logger, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ACCESS_DATABASE } from '../access/access.module.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { SETTINGS, type Settings } from '../settings.js';
import { WebhookSender } from './webhook-sender.js';
import { Webhooks } from './webhooks.js';
import { WebhooksController } from './webhooks.controller.js';

const policyOf = ({ webhookPrivateTargets }: Settings) => ({ allowsPrivate: webhookPrivateTargets });

/** Sends recorded events to the registered receivers. */
@Module({
  controllers: [WebhooksController],
  providers: [
    {
      provide: Webhooks,
      inject: [ACCESS_DATABASE, SETTINGS],
      useFactory: (database: DataSource, settings: Settings) => new Webhooks(database, policyOf(settings)),
    },
  ],
})
export class WebhooksModule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sender: WebhookSender;

  constructor(
    webhooks: Webhooks,
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(SETTINGS) settings: Settings,
  ) {
    const log = new Logger('webhooks');
    this.sender = new WebhookSender(store, webhooks, {
      policy: policyOf(settings),
      onError: (error) => log.error(error),
    });
  }

  onApplicationBootstrap(): void {
    this.sender.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sender.close();
  }
}
