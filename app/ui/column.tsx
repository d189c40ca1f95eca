import type { ReactNode } from "react";

/** What is read and filled in from top to bottom, as all settings are: one width, in the middle of a wide window. */
export function Column({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-3xl">{children}</div>;
}
