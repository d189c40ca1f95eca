export class NoChallenge extends Error {
  readonly status: number;
  /** The server's own words for the refusal, such as how long to wait. */
  readonly said: string | undefined;

  constructor(status: number, said: string | undefined) {
    super(`The server sent no challenge: ${status}`);
    this.status = status;
    this.said = said;
  }
}
