import { Module } from '@nestjs/common';
import { FeedController } from './feed.controller.js';

/**
 * Events as they are recorded. Separate from the other questions about events, because a connection ends with
 * its API key, and the command line has no keys.
 */
@Module({ controllers: [FeedController] })
export class FeedModule {}
