/** A line and what belongs below it. */
export interface TreeNode {
  readonly text: string;
  readonly children: readonly TreeNode[];
}

export const leaf = (text: string): TreeNode => ({ text, children: [] });

/** A root and everything below it, one line each. */
export const drawTree = ({ text, children }: TreeNode): string => [text, ...branches(children)].join('\n');

const branches = (children: readonly TreeNode[]): string[] =>
  children.flatMap(({ text, children: below }, index) => {
    const isLast = index === children.length - 1;
    const indent = isLast ? '   ' : '│  ';
    return [`${isLast ? '└─ ' : '├─ '}${text}`, ...branches(below).map((line) => `${indent}${line}`)];
  });
