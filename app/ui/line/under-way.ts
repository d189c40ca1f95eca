import type { DataRouter } from "react-router";
import type { FormAnswer } from "#app/ui/use-form.ts";

declare global {
  interface Window {
    __reactRouterDataRouter?: DataRouter;
  }
}

export type Outcome = "here" | "gone" | "unreachable" | "refused";

/** How long a press waits for the response to a form that was sent before it. After that, the next press does not wait. */
const ANSWER_LIMIT_MS = 15_000;
let overdue: unknown;

/** Presses whose form is not sent yet, because its code is loading, its picture is being cut, or it follows another form. */
const unsent = new Set<Promise<void>>();

/** The addresses of writes whose effect is not shown yet. */
const unshown = new Set<string>();

export const router = () => window.__reactRouterDataRouter;

/** First the navigation, then the forms of dialogs, menus and cards, whose page stays. */
export function underWay() {
  const { navigation, fetchers } = router()?.state ?? {};
  return navigation && fetchers ? [navigation, ...fetchers.values()] : [];
}

/** Makes everything that leaves the page wait for a form that was pressed. Call the function that it returns once the form is sent. */
export function holdPage(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  unsent.add(promise);
  return () => {
    unsent.delete(promise);
    resolve();
  };
}

/**
 * The response to a form that was pressed before, which the next navigation or document would break off. Null if there is none.
 * Resolves with "refused" if a refusal or a new secret must be seen, and with "unreachable" if the response takes too long.
 */
export function answered(): Promise<Outcome> | null {
  if (unsent.size === 0) return answerToSent();
  const pressed = [...unsent];
  const areSent = Promise.all(pressed).then(() => answerToSent() ?? "here");
  const giveUp = () => {
    for (const each of pressed) unsent.delete(each);
  };
  return Promise.race([areSent, late(giveUp)]);
}

function answerToSent(): Promise<Outcome> | null {
  // A file that a card sends is not waited for: after a link it goes on, and the browser asks before the document is left.
  const isAwaited = ({ state, formEncType }: ReturnType<typeof underWay>[number], index: number) =>
    state === "submitting" && (index === 0 || formEncType !== "multipart/form-data");
  const here = router();
  const sent = underWay().find(isAwaited);
  if (!sent || sent === overdue) return null;
  // An answer that a card still shows is not the one that is waited for.
  const former = answersIn(here?.state.fetchers);
  const answer = when(() => !underWay().some(isAwaited)).then((): Outcome => {
    const { actionData, fetchers, errors } = here?.state ?? {};
    const answers = [
      ...Object.values(actionData ?? {}),
      ...answersIn(fetchers).filter((each) => !former.includes(each)),
    ];
    return errors || answers.some((answer) => answer?.status !== "success") ? "refused" : "here";
  });
  const giveUp = () => {
    overdue = sent;
  };
  return Promise.race([answer, late(giveUp)]);
}

async function late(giveUp: () => void): Promise<Outcome> {
  await new Promise((resolve) => setTimeout(resolve, ANSWER_LIMIT_MS));
  giveUp();
  return "unreachable";
}

function answersIn(fetchers: ReadonlyMap<string, { data?: FormAnswer }> = new Map()) {
  return [...fetchers.values()].flatMap(({ data }) => data ?? []);
}

/** Resolves once nothing is being loaded: the router breaks off what it loads when the response to a refused form arrives. */
export async function loaded() {
  const isLoading = () => underWay().some(({ state }) => state === "loading");
  if (isLoading()) await Promise.race([when(() => !isLoading()), late(() => {})]);
}

/** Notes a write that is being sent, until everything that it reloads is shown. */
export function noteWrite(to: string) {
  unshown.add(to);
  void when(() => underWay().every(({ state }) => state === "idle")).then(() => unshown.clear());
}

/** Resolves at the first state of the router, from the next one on, in which the condition holds. */
function when(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = router()?.subscribe(() => {
      if (!holds()) return;
      end?.();
      resolve();
    });
  });
}

/**
 * Whether a write, or one to the given address, is not shown yet. A navigation breaks off the reload that follows a write, so it
 * must load the same itself.
 */
export function isUnshown(to?: string): boolean {
  return to === undefined ? unshown.size > 0 : unshown.has(to);
}
