import "./exhibit.css";
import type { ReactNode } from "react";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Icon } from "#app/ui/icon.tsx";

export function Exhibit() {
  const askers = [
    { id: "broken", label: m.landing_asker_broken(), verdict: m.landing_verdict_broken(), status: "400", trips: 0 },
    { id: "nobody", label: m.landing_asker_nobody(), verdict: m.landing_verdict_nobody(), status: "401", trips: 0 },
    {
      id: "outsider",
      label: m.landing_asker_outsider(),
      verdict: m.landing_verdict_outsider(),
      status: "404",
      trips: 1,
    },
    { id: "member", label: m.landing_asker_member(), verdict: m.landing_verdict_member(), status: "403", trips: 2 },
    { id: "owner", label: m.landing_asker_owner(), verdict: m.landing_verdict_owner(), status: "200", trips: 2 },
  ];
  return (
    <div className="exhibit grid overflow-hidden rounded-xl border bg-surface shadow-pop">
      <fieldset>
        <legend className="mb-2 px-2 font-medium text-sm">{m.landing_asker_question()}</legend>
        <div className="grid gap-0.5">
          {askers.map(({ id, label }) => (
            <label
              key={id}
              className="flex min-h-9 items-center gap-2.5 rounded-md px-2 py-1.5 text-sm transition-colors hover:bg-hover"
            >
              <input
                type="radio"
                name="asker"
                value={id}
                defaultChecked={id === "outsider"}
                aria-describedby={`verdict-${id}`}
                className="size-4 shrink-0"
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="flex min-w-0 flex-col">
        <Code />
        <div className="mt-auto border-t bg-sunken px-5 py-4">
          {askers.map(({ id, verdict, status, trips }) => (
            <div key={id} data-for={id} className="exhibit-part">
              <div className="verdict">
                <p id={`verdict-${id}`} className="max-w-prose text-sm">
                  <strong className="font-mono font-semibold">{status}</strong>
                  {verdict}
                </p>
                <p className="shrink-0 text-muted text-sm">
                  {m.landing_trips()}{" "}
                  <strong className="font-semibold text-text tabular-nums">{formatNumber(trips)}</strong>
                </p>
              </div>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Code() {
  return (
    <div dir="ltr" lang="en" className="exhibit-code font-mono">
      <p className="mb-3 text-muted text-xs">app/gallery/operations.server.ts</p>
      <Line>
        <Word>export const</Word> nameImage = write({"{"}
      </Line>
      <Gate step={1} stops={["broken"]}>
        validate: RenameImage,
      </Gate>
      <Gate step={2} stops={["nobody"]}>
        authenticate: <Text>"session"</Text>,
      </Gate>
      <Gate step={3} stops={["outsider"]}>
        authorize: <Text>"gallery:update"</Text>,
      </Gate>
      <Gate step={4} stops={["member"]}>
        execute: renameImage,
      </Gate>
      <Line>{"});"}</Line>
    </div>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <p>{children}</p>;
}

const answers: Record<string, string> = { broken: "400", nobody: "401", outsider: "404", member: "403" };

function Gate({ step, stops, children }: { step: number; stops: string[]; children: ReactNode }) {
  return (
    <div data-gate={step} data-stops={stops.join(" ")} className="gate flex items-start gap-3 rounded-md py-0.5">
      <span aria-hidden="true" className="shrink-0 text-end text-muted tabular-nums">
        {step}
      </span>
      <code className="min-w-0 flex-1">{children}</code>
      <span aria-hidden="true" className="mt-1 grid shrink-0 place-items-center">
        <Icon name="check" className="gate-passed text-success" />
        <Icon name="minus" className="gate-unreached text-muted" />
        {stops.map((each) => (
          <span
            key={each}
            data-for={each}
            className="exhibit-part rounded-sm bg-danger px-1.5 font-semibold text-danger-contrast text-xs leading-5"
          >
            {answers[each]}
          </span>
        ))}
      </span>
    </div>
  );
}

function Word({ children }: { children: ReactNode }) {
  return <span className="text-muted">{children}</span>;
}

function Text({ children }: { children: ReactNode }) {
  return <span className="text-accent">{children}</span>;
}
