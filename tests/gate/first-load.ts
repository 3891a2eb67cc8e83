// What the first screen loads: the page's entry with all that it imports at once. What is heavy has to come later.
import type { IModule } from 'dependency-cruiser';

const entry = 'renderer/main.tsx';
const late = ['zod', '@xyflow/react', 'uplot', '@codemirror/', '@tanstack/'];

/** A fault for each heavy library that the entry reaches without an import that waits, with the way to it. */
export function firstLoadFaults(modules: readonly IModule[]): string[] {
  const bySource = new Map(modules.map((module) => [module.source, module]));
  const ways = new Map([[entry, [entry]]]);
  const faults: string[] = [];
  if (!bySource.has(entry)) faults.push(`no module seen at ${entry}`);
  for (const [source, way] of ways) {
    for (const { module, resolved, dynamic, dependencyTypes } of bySource.get(source)?.dependencies ?? []) {
      if (dynamic || dependencyTypes.includes('type-only')) continue;
      if (late.some((name) => module === name || module.startsWith(name.endsWith('/') ? name : `${name}/`)))
        faults.push(`the first screen loads ${module}: ${way.join(' → ')}`);
      if (!ways.has(resolved)) ways.set(resolved, [...way, resolved]);
    }
  }
  return faults;
}
