/** One thing that daimon wants of the machine, and how it is here. */
export interface Check {
  readonly name: string;
  /** `limited`: not here, or not fully, but daimon plays without. */
  readonly ok: true | false | 'limited';
  /** What was found, in a few words or a sentence. */
  readonly detail: string;
  /** What to do about it; null where that is nothing, or said before. */
  readonly advice: string | null;
}

export const works = (name: string, detail: string): Check => ({ name, ok: true, detail, advice: null });

export const fails = (name: string, detail: string, advice: string | null): Check => ({
  name,
  ok: false,
  detail,
  advice,
});

export const limited = (name: string, detail: string, advice: string): Check => ({
  name,
  ok: 'limited',
  detail,
  advice,
});

/** The first line of what a library or the system says. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0];
