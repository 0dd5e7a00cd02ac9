import type { ServerMessage } from './protocol.js';

/** What a client may listen to. All else it is sent in any case: answers, and what it must know to ask rightly. */
export const TOPICS = ['state', 'values', 'blocks', 'notes', 'notices', 'rolls', 'meters'] as const;
export type Topic = (typeof TOPICS)[number];

/** Until it says otherwise: all that is JSON. */
export const USUAL_TOPICS: ReadonlySet<Topic> = new Set<Topic>(['state', 'values', 'blocks', 'notes', 'notices']);

/** Null for what is sent in any case. */
export function topicOf(kind: ServerMessage['kind']): Topic | null {
  switch (kind) {
    case 'state':
    case 'values':
      return kind;
    case 'block':
      return 'blocks';
    case 'note':
      return 'notes';
    case 'notice':
      return 'notices';
    default:
      return null;
  }
}
