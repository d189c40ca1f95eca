/** How `dev` passes the Worker's variables and its data folder to Vite's Cloudflare plugin (see vite.config.ts). */
export type LocalWorker = { config: { vars: Record<string, string> }; persistState: { path: string } };

const VARIABLE = "LOCAL_WORKER";

export function announceLocalWorker(worker: LocalWorker): void {
  process.env[VARIABLE] = JSON.stringify(worker);
}

/** Empty outside `dev`, so that a build contains only the values of wrangler.toml. */
export function localWorker(): Partial<LocalWorker> {
  const announced = process.env[VARIABLE];
  return announced ? JSON.parse(announced) : {};
}
