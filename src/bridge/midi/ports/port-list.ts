import { midiSystem } from './midi-system.js';

/** `reason`: one sentence that says why there is no MIDI here, and what to do. */
export type PortList =
  | {
      readonly kind: 'ports';
      readonly inputs: readonly string[];
      readonly outputs: readonly string[];
      /** Whether programs may make ports of their own here. */
      readonly virtualPorts: boolean;
    }
  | { readonly kind: 'missing'; readonly reason: string };

/** The MIDI ports of this machine. Never throws. */
export async function listPorts(): Promise<PortList> {
  const system = await midiSystem();
  if (system.kind === 'missing') return system;
  const { easymidi, virtualPorts } = system;
  return { kind: 'ports', inputs: easymidi.getInputs(), outputs: easymidi.getOutputs(), virtualPorts };
}
