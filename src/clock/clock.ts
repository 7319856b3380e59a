import { Injectable } from '@nestjs/common';

/** The current time, as an instant in UTC with milliseconds. Tests replace it. */
@Injectable()
export class Clock {
  now(): string {
    return new Date().toISOString();
  }
}
