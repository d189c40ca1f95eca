import { expect, test } from "vitest";
import { dryRunTarget, findFaults, migrationTarget } from "./settings.ts";

const vars = {
  APP_ENV: "production",
  APP_URL: "https://acme.test",
  DATABASE_URL: "https://acme.turso.io",
  MAIL_FROM: "Acme <no-reply@acme.test>",
};

test("a deploy names each variable that is missing or unfit for production", () => {
  expect(findFaults({ vars })).toEqual([]);
  const names = Object.keys(vars);
  const namesOf = (faults: string[]) => faults.map((fault) => fault.replace(/ is missing: set it under \[.*/, ""));
  expect(namesOf(findFaults({ vars: {} })).sort()).toEqual(names);
  for (const name of names) expect(namesOf(findFaults({ vars: { ...vars, [name]: "" } }))).toEqual([name]);
  const { MAIL_FROM: _, ...rest } = vars;
  const faults = findFaults({
    vars: { ...rest, APP_ENV: "development", DATABASE_URL: "https://house-example.turso.io" },
  });
  expect(faults.map((fault) => fault.split(" ", 1)[0])).toEqual(["DATABASE_URL", "MAIL_FROM", "APP_ENV"]);
  expect(findFaults({ vars: { ...vars, APP_URL: "http://acme.test" } })).toHaveLength(1);
});

test("a deploy rejects every URL without https, except a service on localhost", () => {
  const faultsOf = (name: string, value: string) => findFaults({ vars: { ...vars, [name]: value } });
  for (const name of ["APP_URL", "DATABASE_URL", "S3_ENDPOINT", "OPENID_DISCOVERY_URL"]) {
    for (const url of [
      "http://acme.test",
      "ws://acme.test",
      "HTTP://acme.test",
      "http://localhost.acme.test",
      "acme",
    ]) {
      expect(faultsOf(name, url), `${name}=${url}`).toEqual([expect.stringContaining(`${name} is not https`)]);
    }
    expect(faultsOf(name, "https://acme.test"), name).toEqual([]);
    expect(faultsOf(name, "http://localhost:9000"), name).toHaveLength(name === "APP_URL" ? 1 : 0);
  }
  expect(faultsOf("DATABASE_URL", "libsql://acme.turso.io")).toEqual([]);
});

test("a dry run checks the database in DATABASE_URL, and no database without it", () => {
  expect(dryRunTarget({})).toBeNull();
  expect(dryRunTarget({ DATABASE_URL: "" })).toBeNull();
  expect(dryRunTarget({ DATABASE_URL: vars.DATABASE_URL })).toEqual({ url: vars.DATABASE_URL, authToken: "" });
});

test("migrations go to the Worker's database and to no other", () => {
  const target = { url: vars.DATABASE_URL, authToken: "token" };
  expect(migrationTarget({ vars }, { DATABASE_AUTH_TOKEN: "token" })).toEqual(target);
  expect(migrationTarget({ vars }, { DATABASE_AUTH_TOKEN: "token", DATABASE_URL: vars.DATABASE_URL })).toEqual(target);
  expect(migrationTarget({ vars }, { DATABASE_AUTH_TOKEN: "" })).toEqual({ ...target, authToken: "" });
  expect(migrationTarget({ vars }, {})).toHaveProperty("fault");
  expect(
    migrationTarget({ vars }, { DATABASE_AUTH_TOKEN: "token", DATABASE_URL: "https://other.test" }),
  ).toHaveProperty("fault");
});
