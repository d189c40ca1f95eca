export class NoChallenge extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The server sent no challenge: ${status}`);
    this.status = status;
  }
}
