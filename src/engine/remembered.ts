/** The last few answers to the same question, so that it need not be asked again: at most `most` of them are kept. */
export function remembered<Question, Answer>(
  most: number,
  isSame: (a: Question, b: Question) => boolean,
  ask: (question: Question) => Promise<Answer>,
): (question: Question) => Promise<Answer> {
  let known: readonly { readonly question: Question; readonly answer: Answer }[] = [];
  return async (question) => {
    const found = known.find((one) => isSame(one.question, question));
    const fresh = found ?? { question, answer: await ask(question) };
    known = [...known.filter((one) => one !== fresh), fresh].slice(-most);
    return fresh.answer;
  };
}
