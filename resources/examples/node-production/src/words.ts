const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** How many words a text has, in any language: the rules are Unicode's. */
export function countWords(text: string): number {
  return [...segmenter.segment(text)].filter((segment) => segment.isWordLike).length;
}
