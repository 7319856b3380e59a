import { Injectable } from '@nestjs/common';

/** The time, as an instant in UTC with milliseconds. Tests put their own in its place. */
@Injectable()
export class Clock {
  now(): string {
    return new Date().toISOString();
  }
}
