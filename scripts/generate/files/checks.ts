import { keyOf } from "../kinds.ts";
import { capitalized, type Resource } from "../spec.ts";
import { isUnique, named as namedFor, sourcesOf } from "./parts.ts";

/** The fields that the database checks, with the code that checks them and the reason, status and text of a refusal. */
export function checkedOf({ area, fields }: Pick<Resource, "area" | "fields">) {
  const chosen = sourcesOf({ fields }).flatMap(({ to, names }) =>
    names.map((name) => ({
      name,
      check: `${to === undefined ? "isMember" : namedFor("is", to)}(grant, fields.${name})`,
      reason: to === undefined ? `${name}-is-no-member` : `${name}-is-missing`,
      status: 400,
      text: to === undefined ? `m.${area}_not_member()` : `m.${area}_missing()`,
    })),
  );
  const unique = fields.filter(isUnique).map(({ name }) => ({
    name,
    check: `${isFreeOf(name)}(grant, id, inOneCase(fields.${name}))`,
    ...takenOf(area, name),
  }));
  return [...chosen, ...unique];
}

/** The name of the function that says whether no other row has the value of a unique field. */
export function isFreeOf(name: string): string {
  return `is${capitalized(name)}Free`;
}

export function takenOf(area: string, name: string) {
  return { reason: `${name}-is-taken`, status: 409, text: `m.${area}_taken({ field: m.${area}_${keyOf(name)}() })` };
}
