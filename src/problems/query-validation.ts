import { ValidationPipe, type ArgumentMetadata, type Type, type ValidationError } from '@nestjs/common';
import { InvalidRequest, type FieldProblem } from './request-problems.js';

/**
 * The validation pipe for query and path parameters. It refuses unknown fields, so that a misspelt filter is
 * noticed.
 */
export function queryValidation(): ValidationPipe {
  return new StrictValidation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new InvalidRequest(fieldProblemsOf(errors)),
  });
}

/** class-validator accepts inherited names, such as `constructor`, in every class. */
class StrictValidation extends ValidationPipe {
  /** Classes all of whose parameters may be left out, as most requests do. */
  private readonly optional = new Set<Type>();

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype } = metadata;
    // class-validator looks up all declarations of a class anew for every value.
    return metatype && this.optional.has(metatype) && isEmpty(value)
      ? Promise.resolve(new metatype())
      : this.validated(value, metadata);
  }

  private async validated(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype } = metadata;
    if (!metatype || !this.toValidate(metadata) || typeof value !== 'object' || value === null)
      return super.transform(value, metadata) as unknown;
    const unknown = Object.keys(value).filter((name) => name in Object.prototype);
    if (unknown.length > 0)
      throw new InvalidRequest(unknown.map((field) => ({ field, message: 'is not a known field' })));
    const isOptional = isEmpty(value);
    const valid: unknown = await super.transform(value, metadata);
    if (isOptional) this.optional.add(metatype);
    return valid;
  }
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Flattens class-validator's error tree into a list with paths. */
function fieldProblemsOf(errors: readonly ValidationError[], path = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = path === '' ? error.property : `${path}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({
      field,
      message: phrase(message, error),
    }));
    return [...own, ...fieldProblemsOf(error.children ?? [], field)];
  });
}

/** class-validator begins messages with the property name, which `field` already contains. */
function phrase(message: string, { property, constraints }: ValidationError): string {
  if (constraints?.['whitelistValidation'] === message) return 'is not a known field';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
