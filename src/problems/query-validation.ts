import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { InvalidRequest, type FieldProblem } from './request-problems.js';

/** The pipe for query and parameter classes: unknown fields are refused, so that a misspelt filter is noticed. */
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

/** class-validator knows a name that every object has, such as `constructor`, in every class. */
class StrictValidation extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (this.toValidate(metadata) && typeof value === 'object' && value !== null) {
      const unknown = Object.keys(value).filter((name) => name in Object.prototype);
      if (unknown.length > 0)
        throw new InvalidRequest(unknown.map((field) => ({ field, message: 'is not a known field' })));
    }
    return super.transform(value, metadata);
  }
}

/** class-validator's tree of errors as a flat list with paths. */
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

/** class-validator begins with the property's name, which `field` says already. */
function phrase(message: string, { property, constraints }: ValidationError): string {
  if (constraints?.['whitelistValidation'] === message) return 'is not a known field';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
