// A fault as a person hears it: what happened, and what to do now.
import type { TFunction } from 'i18next';
import { en } from '../../words/sentences/en.ts';
import type { ErrorParams, Fault } from '../../words/errors.ts';

function has<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}

/** Names of services and known details in the person's language; the rest as it is. */
function saidParams(params: ErrorParams, t: TFunction): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      // Numbers in a fault are ports, lines and offsets: names, which take no thousands separator.
      if (typeof value === 'number') return [name, String(value)];
      if (name === 'service' && has(en.services, value)) return [name, t(`services.${value}`)];
      if (name === 'run' && has(en.screens.frame.runs, value))
        return [name, t(`screens.frame.runs.${value}`)];
      const isDetail = name === 'detail' || name === 'holder';
      if (isDetail && has(en.details, value)) return [name, t(`details.${value}`)];
      return [name, value];
    }),
  );
}

/** The blanks of a sentence are checked against the other language by a test, not against a code's parameters. */
type SayLoosely = (key: string, params: Record<string, string>) => string;

/** Both sentences; the next step is the window's own where it has one. */
export function faultWords({ code, params }: Fault, t: TFunction): { what: string; next: string } {
  const said = saidParams(params, t);
  const say = t as SayLoosely;
  const next = has(en.nextInWindow, code) ? `nextInWindow.${code}` : `errors.${code}.next`;
  return { what: say(`errors.${code}.what`, said), next: say(next, said) };
}
