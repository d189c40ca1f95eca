import type { ReactNode } from "react";

export function AnswerFact({ term, detail, children }: { term: string; detail?: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 gap-y-1 px-4 py-3">
      <dt className="text-muted">{term}</dt>
      <dd className="font-medium">{children}</dd>
      {detail !== undefined && <dd className="w-full text-muted">{detail}</dd>}
    </div>
  );
}
