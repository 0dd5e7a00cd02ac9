import { DaimonError } from '../../../errors.js';
import { type Control, controlAt } from '../../control/controls.js';
import type { ControlRequest, MessageOf } from '../../control/protocol.js';
import { type Action, readAction } from './action.js';
import type { Target } from './bindings.js';
import { pathOf, wayOf } from './way.js';

type Told = Omit<Extract<ControlRequest, { kind: 'learn' }>, 'kind' | 'id'>;

/** What a client wants to be bound; null for nothing. Throws DaimonError for what can't be. */
export function targetOf({ path, request, lift, momentary }: Told, controls: readonly Control[]): Target | null {
  if (path && request)
    throw new DaimonError('protocol', 'Either a path can be learned or a request: leave one of them out.');
  if (request) return { kind: 'ask', request: actionOf(request), lift: lift === undefined ? null : actionOf(lift) };
  if (!path) return null;
  const target = { kind: 'turn', path, from: null, to: null, root: null, momentary: momentary ?? false } as const;
  if (wayOf(target, controls) === null) {
    controlAt(controls, path);
    const advice = `bind a request to it, as in { "kind": "set", "values": { "${path}": ... } }`;
    throw new DaimonError('parameter', `${path} has no way from one end to another that could be turned: ${advice}.`);
  }
  return target;
}

function actionOf(told: unknown): Action {
  const action = readAction(told);
  if (typeof action === 'string') throw new DaimonError('protocol', `The request to be learned is refused: ${action}`);
  return action;
}

/** What is armed, as it was asked for. */
export function armedKeys(target: Target | null): MessageOf<'bindings'>['armed'] {
  switch (target?.kind) {
    case 'turn':
      return { path: target.path };
    case 'ask':
      return { request: target.request };
    default:
      return null;
  }
}

/** Whether two bindings do the same on this model, however they do it. */
export function isSameTarget(one: Target, other: Target, controls: readonly Control[]): boolean {
  if (one.kind === 'turn' && other.kind === 'turn') {
    const [path, otherPath] = [pathOf(one.path, controls), pathOf(other.path, controls)];
    return one.path === other.path || (path !== null && path === otherPath);
  }
  // read by one schema, their keys come in one order
  return one.kind === 'ask' && other.kind === 'ask' && JSON.stringify(one.request) === JSON.stringify(other.request);
}
