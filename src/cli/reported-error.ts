/** A command has ended badly and has said so itself. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';
}

/** Something that the command line met, and that its message says all about. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
