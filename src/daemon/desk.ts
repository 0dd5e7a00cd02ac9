import { areSame, controlsOf, type Values } from '../bridge/control/controls.js';
import type { Desk } from '../bridge/control/desk.js';
import type { MessageOf } from '../bridge/control/protocol.js';
import { obeyRequest, type Stage } from './requests.js';
import { helloOf, type Show } from './status.js';
import { valuesOf } from './turning.js';

/** The daemon as its surfaces know it. */
export interface DaemonDesk extends Desk {
  /** Tells them what was turned since the last time, by whomever. */
  tellTurned(): void;
}

/** `tell` tells all surfaces. */
export function newDesk(
  stage: Stage,
  show: Show,
  models: readonly string[],
  tell: (message: MessageOf<'values'>) => void,
): DaemonDesk {
  const values = (): Values => valuesOf(stage.player, stage.engines.info);
  let told: Values = {};
  const tellTurned = (): void => {
    const turned = values();
    if (areSame(turned, told)) return;
    told = turned;
    tell({ kind: 'values', values: turned });
  };
  return {
    hello: () => helloOf(show, stage.shelf.presets, models),
    controls: () => controlsOf(stage.engines.info),
    values,
    onRequest: (request) => {
      const outcome = obeyRequest(request, stage);
      // what two surfaces turn to and fro within one turn of the loop, both must hear of
      tellTurned();
      return outcome;
    },
    tellTurned,
  };
}
