// What the screens see of the app: stores that pulls fill, and the client for what a person sets off.
// One for the whole window; made in main.tsx, reached by `useModel`.
import { createContext, useContext } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunsFrame } from '../../contract/contract.ts';
import type { HostInfo } from '../../words/host.ts';
import type { Activity } from '../../words/lab.ts';
import type { Settings } from '../../words/settings.ts';
import type { StackStatus } from '../../words/stack.ts';
import { createClient, type Client } from '../api/client.ts';
import { openConnection, type ConnectionState } from '../api/connection.ts';
import { pull } from '../api/pull.ts';
import { createNavigation, type Navigation } from './navigation.ts';
import { isStackUp } from './stack-state.ts';

export interface Model {
  client: Client;
  connection: StoreApi<ConnectionState>;
  navigation: StoreApi<Navigation>;
  /** `isUp`: whether it is to be worked with. */
  stack: StoreApi<{ status?: StackStatus; isUp: boolean }>;
  runs: StoreApi<RunsFrame>;
  activity: StoreApi<{ entries: readonly Activity[] }>;
  settings: StoreApi<{ settings?: Settings }>;
  host: StoreApi<{ info?: HostInfo }>;
}

/** Opens the connection and begins to pull what every screen shows; ends with the page. */
export function createModel(): Model {
  const connection = openConnection();
  const client = createClient(connection);
  const model: Model = {
    client,
    connection: connection.state,
    navigation: createNavigation(),
    stack: createStore(() => ({ isUp: false })),
    runs: createStore(() => ({})),
    activity: createStore(() => ({ entries: [] })),
    settings: createStore(() => ({})),
    host: createStore(() => ({})),
  };
  const { signal } = new AbortController();
  void pull(
    client.stack.next,
    ({ frame }) => model.stack.setState(({ isUp }) => ({ status: frame, isUp: isStackUp(frame, isUp) })),
    { signal },
  );
  void pull(client.runs.next, ({ frame }) => model.runs.setState(frame, true), { signal });
  void pull(client.activity.next, ({ frame }) => model.activity.setState(frame), { signal });
  readOnConnect(model);
  // Paces that nobody measures any more are not shown as if somebody did.
  model.connection.subscribe(({ status }) => {
    if (status === 'lost') model.runs.setState({ rates: undefined, latency: undefined });
  });
  return model;
}

/** What changes only by our own calls is read once a connection. */
function readOnConnect({ client, connection, settings, host }: Model): void {
  const read = (): void => {
    client.settings.read().then(
      (found) => settings.setState({ settings: found }),
      () => undefined,
    );
    client.host.info().then(
      (info) => host.setState({ info }),
      () => undefined,
    );
  };
  connection.subscribe(({ status }) => {
    if (status === 'open') read();
  });
  if (connection.getState().status === 'open') read();
}

const context = createContext<Model | undefined>(undefined);
export const ModelProvider = context.Provider;

/** The window's model; throws outside of `ModelProvider`. */
export function useModel(): Model {
  const model = useContext(context);
  if (!model) throw new Error('no model above this component');
  return model;
}
