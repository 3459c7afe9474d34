// Reads manifests as a JSON array on stdin and writes, for each, the list of what its schema does not allow. A kind that no schema is known of
// is a fault, and so is a field that the schema does not have.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));

// Closed schemas of our own, for what no package covers.
const ajv = new Ajv({ allErrors: true, strict: true });
const own = new Map(
  readdirSync(join(here, "Schemas")).map((file) => {
    const schema = JSON.parse(readFileSync(join(here, "Schemas", file), "utf8"));
    return [schema.title, ajv.compile(schema)];
  }),
);

const packages = [
  [/^(v1|(apps|batch|autoscaling|policy)\/v\d+|[a-z.]+\.k8s\.io\/v\d+)$/, "kubernetes-models"],
  [/^keda\.sh\//, "@kubernetes-models/keda"],
  [/^monitoring\.coreos\.com\//, "@kubernetes-models/prometheus-operator"],
  [/^external-secrets\.io\//, "@kubernetes-models/external-secrets"],
];

// The version that the operator serves today has the fields of the one that the package knows.
const sameAs = { "external-secrets.io/v1": "external-secrets.io/v1beta1" };

/** Where a package has the kind; undefined when none has it. */
async function modelOf({ apiVersion, kind }) {
  const name = packages.find(([pattern]) => pattern.test(apiVersion))?.[1];
  if (!name) return undefined;
  const path = `${name}/${apiVersion}/${kind}`;
  try {
    return { path, Model: (await import(path))[kind] };
  } catch (e) {
    if (e.code === "ERR_MODULE_NOT_FOUND" || e.code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
    throw e;
  }
}

/** What the package's validator says: types, required fields, patterns. It lets unknown fields pass. */
function invalid(Model, manifest) {
  try {
    new Model(manifest).validate();
    return [];
  } catch (e) {
    return [e.message];
  }
}

/** What the package's types say: the compiler refuses a literal with a field that its type does not have. One line per manifest. */
function misfits(typed) {
  const file = join(here, "manifests.ts");
  const lines = typed.map(
    ({ manifest, path }) => `(${JSON.stringify(manifest)}) satisfies import("${path}").I${manifest.kind};`,
  );
  const options = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, lines.join("\n"), target) : getSourceFile(name, target);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map((d) => {
    const text = ts.flattenDiagnosticMessageText(d.messageText, " ");
    if (d.file?.fileName !== file) throw new Error(text);
    return { of: typed[d.file.getLineAndCharacterOfPosition(d.start).line].manifest, text };
  });
}

const given = JSON.parse(readFileSync(0, "utf8"));
const faults = new Map();
const typed = [];
for (const original of given) {
  const group = `${original.apiVersion}/${original.kind}`;
  const schema = own.get(group);
  if (schema) {
    schema(original);
    faults.set(
      original,
      (schema.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${e.params.additionalProperty ?? ""}`.trim()),
    );
    continue;
  }
  const manifest = { ...original, apiVersion: sameAs[original.apiVersion] ?? original.apiVersion };
  const model = await modelOf(manifest);
  faults.set(original, model ? invalid(model.Model, manifest) : [`no schema of ${group} is known`]);
  if (model) typed.push({ original, manifest, path: model.path });
}
for (const { of, text } of misfits(typed)) faults.get(typed.find((t) => t.manifest === of).original).push(text);
process.stdout.write(JSON.stringify(given.map((manifest) => faults.get(manifest))));
