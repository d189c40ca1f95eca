export class NoChallenge extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The server gave no challenge: ${status}`);
    this.status = status;
  }
}
