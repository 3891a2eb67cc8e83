// Fails when the lockfile would make `npm ci` depend on one registry, or break on another system than its writer's.
import { readFileSync } from 'node:fs';

/** What is looked at of one package in the lockfile; the key is its folder, `''` the project itself. */
interface Locked {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const nested = '/node_modules/';

/** The folders in which a package at `folder` looks for a dependency, the nearest first. */
function foldersFor(folder: string, name: string): string[] {
  const found = folder === '' ? [] : [`${folder}${nested}${name}`];
  for (let at = folder.lastIndexOf(nested); at >= 0; at = folder.lastIndexOf(nested, at - 1)) {
    found.push(`${folder.slice(0, at)}${nested}${name}`);
  }
  return [...found, `node_modules/${name}`];
}

/** One sentence for each fault. */
function faultsOf(packages: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(packages).flatMap(([folder, { resolved = '', optionalDependencies = {} }]) => {
    const missing = Object.keys(optionalDependencies).filter((name) =>
      foldersFor(folder, name).every((place) => packages[place] === undefined),
    );
    return [
      ...(/^https?:/.test(resolved) ? [`${folder}: fetched from one address only, ${resolved}`] : []),
      ...missing.map((name) => `${folder || 'the project'}: its optional dependency ${name} has no entry`),
    ];
  });
}

const path = new URL('../../package-lock.json', import.meta.url);
const { packages }: { packages: Record<string, Locked> } = JSON.parse(readFileSync(path, 'utf8'));
const faults = faultsOf(packages);
// A file of another shape would have no packages, and with them no faults.
const count = Object.keys(packages).length;
if (count < 2) faults.push('no package seen in package-lock.json');
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`lockfile: ${count} packages, ${faults.length} faults\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
