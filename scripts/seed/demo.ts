import { PRODUCT_SLUG } from "../../app/product.ts";

/** Printed by `dev` and `preview`; demo data never exists in production. */
export const DEMO_PASSWORD = `${PRODUCT_SLUG}-demo-2026`;

type DemoRole = "member" | "admin" | "owner";

/** `joinedAs` is the first role of a person whose role has changed since. */
type DemoPerson = { name: string; email: string; role: DemoRole; joinedAs?: DemoRole };
export type DemoOrganization = {
  name: string;
  slug: string;
  people: DemoPerson[];
  invitations: { email: string; role: "member" | "admin" }[];
};

export const DEMO_ORGANIZATIONS: DemoOrganization[] = [
  {
    name: "Acme Outdoors",
    slug: "acme",
    people: [
      { name: "Olivia Marsh", email: "owner@acme.test", role: "owner" },
      { name: "Adam Laurent", email: "admin@acme.test", role: "admin" },
      { name: "Mina Okafor", email: "member@acme.test", role: "member" },
      { name: "Jonas Weber", email: "jonas@acme.test", role: "member" },
      { name: "Leila Haddad", email: "leila@acme.test", role: "member" },
      { name: "Tomás Vidal", email: "tomas@acme.test", role: "member" },
      { name: "Yuki Tanaka", email: "yuki@acme.test", role: "admin", joinedAs: "member" },
    ],
    invitations: [
      { email: "priya@acme.test", role: "member" },
      { email: "sam@acme.test", role: "admin" },
    ],
  },
  {
    name: "Globex Studio",
    slug: "globex",
    people: [
      { name: "Grace Lindqvist", email: "owner@globex.test", role: "owner" },
      { name: "Noah Petit", email: "admin@globex.test", role: "admin" },
      { name: "Sofia Rossi", email: "member@globex.test", role: "member" },
    ],
    invitations: [{ email: "ivan@globex.test", role: "member" }],
  },
];

export const namesOf = (demos: DemoOrganization[]) =>
  demos.map(({ name, people }) => `${name} (${people.length} people)`).join(" and ");

export const DEMO_LOGINS = ["owner@acme.test", "admin@acme.test", "member@acme.test", "owner@globex.test"];
