import { DaimonError } from '../../errors.js';
import type { Graph, GraphNode } from './graph.js';

/** The part of a graph that one of its outputs wants. Throws DaimonError `model` where it has none of that name. */
export function oneOutput(graph: Graph, name: string): Graph {
  const output = graph.outputs.find((info) => info.name === name);
  if (output === undefined) {
    throw new DaimonError('model', `The network "${graph.name}" gives no "${name}": fetch or train the model again.`);
  }
  const wanted = new Set([name]);
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((made) => wanted.has(made))) continue;
    nodes.push(node);
    for (const input of node.inputs) wanted.add(input);
  }
  return {
    ...graph,
    outputs: [output],
    constants: graph.constants.filter((constant) => wanted.has(constant.name)),
    nodes: nodes.reverse(),
  };
}
