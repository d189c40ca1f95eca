import { currentTag, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";

/** The amounts are from docs/scale.md, which shows the calculation. */
export function Costs() {
  const sizes = [
    { people: 1_000, dollars: 5, text: m.landing_costs_small() },
    { people: 100_000, dollars: 24, text: m.landing_costs_middle() },
    { people: 10_000_000, dollars: 2_290, text: m.landing_costs_large() },
  ];
  const dollars = new Intl.NumberFormat(currentTag(), {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: 0,
  });
  return (
    <dl className="grid gap-8 sm:grid-cols-3">
      {sizes.map(({ people, dollars: amount, text }) => (
        <div key={people} className="border-text border-t pt-4">
          <dt className="text-muted text-sm">{m.landing_costs_people({ people: formatNumber(people) })}</dt>
          <dd className="mt-1 font-semibold text-2xl tabular-nums">
            {m.landing_costs_month({ amount: dollars.format(amount) })}
          </dd>
          <dd className="mt-2 text-muted text-sm">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
