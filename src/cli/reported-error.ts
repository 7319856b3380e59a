/** A command has failed and has already printed the reason. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';
}

/** An expected failure of a command. The message says everything; no stack is printed. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
