// What there is to know of a service: how it is, where it is reached, what runs it.
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ServiceStatus } from '../../../words/stack.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { StateDot } from '../../parts/StateDot.tsx';
import classes from './Inspector.module.css';

export type ServiceFact = 'state' | 'address' | 'page' | 'version' | 'image' | 'container';

/** A name or an address, to be copied. */
export function Copied({ value }: { value: string }) {
  return (
    <>
      <span className="mono">{value}</span>
      <CopyButton value={value} />
    </>
  );
}

/** Those that this service has, in the order in which they are shown. */
export function serviceFacts(service: ServiceStatus): [ServiceFact, ReactNode][] {
  const { state, address, page, version, image, container } = service;
  const facts: [ServiceFact, ReactNode][] = [['state', <StateDot key="state" state={state} />]];
  if (address !== '') facts.push(['address', <Copied key="address" value={address} />]);
  if (page !== undefined)
    facts.push([
      'page',
      <a key="page" className={classes.link} href={page} target="_blank" rel="noreferrer">
        {page} <ExternalLink size={14} aria-hidden />
      </a>,
    ]);
  if (image !== undefined) facts.push(['image', <Copied key="image" value={image} />]);
  else if (version !== undefined) facts.push(['version', version]);
  if (container !== undefined) facts.push(['container', <Copied key="container" value={container} />]);
  return facts;
}
