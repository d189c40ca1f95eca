import { expect, test } from "vitest";
import { serverFeatures } from "./features.server.ts";
import { features } from "./features.ts";
import { featureViews } from "./features.view.ts";

const news = Object.values(import.meta.glob<Record<string, object>>("./*/feature.news.ts", { eager: true }));

test("no two domains use the same name for the same kind of thing, since one would replace the other", () => {
  const named = {
    permissions: features.map(({ permissions }) => permissions),
    actions: features.map(({ actions = [] }) => Object.fromEntries(actions.map((action) => [action, true]))),
    messages: features.map(({ messages }) => messages),
    notifications: news.flatMap((file) => Object.values(file)),
    found: featureViews.map(({ found }) => found),
    findable: serverFeatures.map(({ findable }) => findable),
    exported: serverFeatures.map(({ exported }) => exported),
    "counted in a view": featureViews.map(({ counted }) => counted),
    counted: serverFeatures.map(({ counted }) => counted),
    "steps in a view": featureViews.map(({ steps }) => steps),
    steps: serverFeatures.map(({ steps }) => steps),
    scheduled: serverFeatures.map(({ scheduled }) => scheduled),
  };
  const twice = Object.entries(named).flatMap(([kind, domains]) => {
    const names = domains.flatMap((own = {}) => Object.keys(own));
    return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${kind}: ${name}`);
  });
  expect(twice, "rename one of each").toEqual([]);
});
