import type { Edge, Epoch } from '../../../transport/edge.js';
import { EDGE_CAPACITY } from './edge-ring.js';

/** Edges of one epoch that were scheduled together. */
export interface Batch {
  readonly edges: readonly Edge[];
  readonly epoch: Epoch;
}

/** Edges that were given to the output process and that it has not said to have taken, the oldest first. */
export interface UnheardEdges {
  readonly batches: readonly Batch[];
  /** All of them or, where the process may lack room in its queue, none (false). */
  push(edges: readonly Edge[], epoch: Epoch): boolean;
  /** The oldest are taken. */
  take(count: number): void;
  /** Forgets those that are not wanted. */
  keep(wanted: (edge: Edge, epoch: Epoch) => boolean): void;
}

/** `capacity`: as many as the process holds at most. */
export function unheardEdges(capacity = EDGE_CAPACITY): UnheardEdges {
  let batches: Batch[] = [];
  let length = 0;
  return {
    get batches() {
      return batches;
    },
    push: (edges, epoch) => {
      if (length + edges.length > capacity) return false;
      length += edges.length;
      if (edges.length > 0) batches.push({ edges, epoch });
      return true;
    },
    take: (count) => {
      length -= count;
      let left = count;
      while (left > 0) {
        const { edges, epoch } = batches[0];
        if (edges.length > left) batches[0] = { edges: edges.slice(left), epoch };
        else batches.shift();
        left -= Math.min(left, edges.length);
      }
    },
    keep: (wanted) => {
      batches = batches
        .map(({ edges, epoch }) => ({ edges: edges.filter((edge) => wanted(edge, epoch)), epoch }))
        .filter(({ edges }) => edges.length > 0);
      length = batches.reduce((sum, { edges }) => sum + edges.length, 0);
    },
  };
}
