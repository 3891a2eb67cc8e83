// Fails when a file imports what its room may not, when the first screen loads what should come later, or when the cruiser
// saw less than it should have.
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { firstLoadFaults } from './first-load.ts';
import { rooms, testLibraries } from './rooms.ts';

const roomNames = Object.keys(rooms);

/** The name a rule allows by: `node:fs` for a core module, the package's name for one from npm. */
function libraryOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isLibraryAllowed(room: string, specifier: string, isTest: boolean): boolean {
  const library = libraryOf(specifier);
  const allowed = [...(rooms[room]?.libraries ?? []), ...(isTest ? [...testLibraries, 'node:'] : [])];
  return allowed.some((entry) => library === entry || (/[:/]$/.test(entry) && library.startsWith(entry)));
}

const result = await cruise(roomNames, {
  parser: 'swc',
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^\\.types/' },
});
const { modules } = result.output as ICruiseResult;
const faults = firstLoadFaults(modules);
let edges = 0;
for (const module of modules) {
  const room = module.source.split('/')[0] ?? '';
  if (!roomNames.includes(room)) continue;
  const isTest = room === 'tests' || module.source.endsWith('.test.ts');
  for (const dependency of module.dependencies) {
    edges += 1;
    // The cruiser takes the prefix off: `node:fs` comes as `fs`.
    const isCore = dependency.dependencyTypes.includes('core');
    const specifier = isCore ? `node:${dependency.module.replace(/^node:/, '')}` : dependency.module;
    if (specifier.startsWith('.')) {
      const target = dependency.resolved.split('/')[0] ?? '';
      const isOwn = target === room || rooms[room]?.rooms.includes(target) || target === 'package.json';
      if (!isOwn) faults.push(`${module.source} may not import from ${target}/ (${specifier})`);
      if (dependency.couldNotResolve) faults.push(`${module.source}: ${specifier} is not there`);
      if (dependency.circular) faults.push(`${module.source}: circular import by ${specifier}`);
    } else if (!isLibraryAllowed(room, specifier, isTest)) {
      faults.push(`${module.source} may not import ${specifier}`);
    }
  }
}
// A cruiser that finds no module is green for the wrong reason: this is how it fails with TypeScript 7 alone.
const seen = modules.filter((module) => roomNames.includes(module.source.split('/')[0] ?? ''));
for (const room of roomNames) {
  if (!seen.some((module) => module.source.startsWith(`${room}/`))) faults.push(`no module seen in ${room}/`);
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`layers: ${seen.length} modules, ${edges} imports, ${faults.length} faults\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
