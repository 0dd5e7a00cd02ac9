/** The very answer of the last time, where the very same is asked again: what is asked all the time is made once. */
export function lastAnswer<Asked extends readonly unknown[], Answer>(
  answer: (...asked: Asked) => Answer,
): (...asked: Asked) => Answer {
  let last: { readonly asked: Asked; readonly answer: Answer } | null = null;
  return (...asked) => {
    if (last === null || asked.some((one, i) => one !== last?.asked[i])) last = { asked, answer: answer(...asked) };
    return last.answer;
  };
}
