import type { ReactNode } from "react";

/** For content that is read or filled in from top to bottom, as in settings: one width, centred in a wide window. */
export function Column({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-3xl">{children}</div>;
}
