// Served here: what the contract says about the machine: stack, services, logs, settings, host.
import type { Services } from '../services.ts';
import type { Api } from './api.ts';

export function stackRouter(api: Api, services: Services) {
  const { stack, usage, logs, engines, doctor, settings, diagnostics, activities, host } = services;
  const ending = (signal?: AbortSignal) => (host.endsWithItsCalls ? signal : undefined);
  return {
    stack: {
      start: api.stack.start.handler(({ input, signal }) => stack.start(input.leaveRunning, ending(signal))),
      stop: api.stack.stop.handler(() => stack.stop()),
      reset: api.stack.reset.handler(() => stack.reset()),
      status: api.stack.status.handler(() => stack.status()),
      next: api.stack.next.handler(({ input, signal }) => stack.next(input.after, signal)),
    },
    services: {
      next: api.services.next.handler(({ input, signal }) => usage.next(input.after, signal)),
      restart: api.services.restart.handler(({ input, signal }) =>
        stack.restartService(input.service, ending(signal)),
      ),
      stop: api.services.stop.handler(({ input }) => stack.stopService(input.service)),
    },
    logs: {
      next: api.logs.next.handler(({ input, signal }) => logs.next(input, signal)),
    },
    engines: {
      list: api.engines.list.handler(() => engines.list()),
      try: api.engines.try.handler(({ input }) => engines.try(input)),
    },
    doctor: {
      check: api.doctor.check.handler(() => doctor()),
    },
    settings: {
      read: api.settings.read.handler(() => settings.read()),
      save: api.settings.save.handler(({ input }) => settings.save(input)),
      giveSecrets: api.settings.giveSecrets.handler(({ input }) => settings.giveSecrets(input)),
      dataFolder: api.settings.dataFolder.handler(() => settings.dataFolder()),
    },
    diagnostics: {
      save: api.diagnostics.save.handler(({ input }) => diagnostics.save(input.file)),
    },
    activity: {
      next: api.activity.next.handler(({ input, signal }) => activities.next(input.after, signal)),
    },
    host: {
      info: api.host.info.handler(() => host.info()),
      chooseFile: api.host.chooseFile.handler(({ input }) => host.chooseFile(input.suggested)),
      showInFolder: api.host.showInFolder.handler(({ input }) => host.showInFolder(input.file)),
    },
  };
}
