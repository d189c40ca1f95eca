type Worker = {
  main: string;
  /** Paths below the configuration file, by which the modules import each other. */
  modules: string[];
  compatibility_date: string;
  compatibility_flags: string[];
  vars: Record<string, string>;
  address: string;
};

/** workerd's configuration, in Cap'n Proto's text form, for one Worker on one socket. */
export function capnpConfig({ main, modules, compatibility_date, compatibility_flags, vars, address }: Worker): string {
  // workerd starts the first module.
  const sorted = modules.toSorted((one, other) => Number(other === main) - Number(one === main));
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = ${text(address)}, http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${list(sorted, (file) => `(name = ${text(file)}, esModule = embed ${text(file)})`)}],
  compatibilityDate = ${text(compatibility_date)},
  compatibilityFlags = [${list(compatibility_flags, text)}],
  bindings = [${list(Object.entries(vars), ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`)}],
  globalOutbound = "internet",
);
`;
}

const list = <T>(items: T[], write: (item: T) => string) => items.map(write).join(", ");

// Cap'n Proto accepts C's escapes, which include those of JSON.
const text = (value: string) => JSON.stringify(value);
