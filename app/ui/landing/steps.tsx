import { m } from "#app/i18n/messages.ts";

export function Steps() {
  const steps = [
    { name: m.landing_step_validate(), text: m.landing_step_validate_text(), refusal: "400" },
    { name: m.landing_step_authenticate(), text: m.landing_step_authenticate_text(), refusal: "401" },
    { name: m.landing_step_authorize(), text: m.landing_step_authorize_text(), refusal: "404 · 403" },
    { name: m.landing_step_execute(), text: m.landing_step_execute_text(), refusal: null },
  ];
  return (
    <ol className="grid gap-x-8 gap-y-9 sm:grid-cols-2 lg:grid-cols-4">
      {steps.map(({ name, text, refusal }, index) => (
        <li key={name} className="border-text border-t pt-4">
          <div className="flex items-baseline justify-between gap-3">
            <h3 className="font-semibold">
              <span aria-hidden="true" className="me-2 font-mono text-muted text-sm tabular-nums">
                {index + 1}
              </span>
              {name}
            </h3>
            {refusal !== null && (
              <span className="font-mono text-muted text-xs">
                <span className="sr-only">{m.landing_step_refusal()} </span>
                <bdi dir="ltr">{refusal}</bdi>
              </span>
            )}
          </div>
          <p className="mt-2 text-muted text-sm">{text}</p>
        </li>
      ))}
    </ol>
  );
}
