// What a service on its way is doing, and what a stack wants noticed, as a person hears it.
import type { TFunction } from 'i18next';
import type { ServiceName, ServiceStep, StackNotice } from '../../words/stack.ts';
import { list } from './format.ts';

const named = (names: readonly ServiceName[], t: TFunction): string =>
  list(names.map((name) => t(`services.${name}`)));

export function stepWords(step: ServiceStep, t: TFunction): string {
  switch (step.kind) {
    case 'fetching':
    case 'building':
      return t(`steps.${step.kind}`, { done: String(step.done), total: String(step.total) });
    case 'restarting':
      return t('steps.restarting', { attempt: String(step.attempt) });
    case 'waiting':
      return t('steps.waiting', { on: named(step.on, t) });
    case 'checking':
    case 'launching':
    case 'answering':
    case 'pulling':
      return t(`steps.${step.kind}`);
  }
}

/** How far a step is, from 0 to 1; undefined where it does not count, or where nobody knows the whole yet. */
export function portionOf(step: ServiceStep | undefined): number | undefined {
  const counts = step && (step.kind === 'fetching' || step.kind === 'building' || step.kind === 'pulling');
  return counts && step.total > 0 ? step.done / step.total : undefined;
}

export function noticeWords(notice: StackNotice, t: TFunction): string {
  switch (notice.kind) {
    case 'java-other':
      return t('notices.java-other', notice);
    case 'port-moved':
      return t('notices.port-moved', {
        service: t(`services.${notice.service}`),
        usual: String(notice.usual),
        port: String(notice.port),
      });
    case 'left-out':
    case 'emulated':
      return t(`notices.${notice.kind}`, {
        service: t(`services.${notice.service}`),
        wanted: String(notice.wanted),
        found: String(notice.found),
      });
  }
}
