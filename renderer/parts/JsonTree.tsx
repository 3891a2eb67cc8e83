// A JSON value as a tree that opens and closes, by mouse and by arrow keys. Bounded: see json-nodes.ts.
import {
  getTreeExpandedState,
  Tree,
  useTree,
  type RenderTreeNodePayload,
  type TreeNodeData,
} from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { whole } from '../words/format.ts';
import { toNode, type JsonContent, type JsonNode } from './json-nodes.ts';
import classes from './JsonTree.module.css';

interface Props {
  json: unknown;
  label: string;
}

/** Mount it anew (`key`) for another value: what is open belongs to one value. */
export function JsonTree({ json, label }: Props) {
  const data = useMemo(() => [toTreeNode(toNode(json))], [json]);
  const tree = useTree({ initialExpandedState: getTreeExpandedState(data, ['$']) });
  return (
    <Tree
      data={data}
      tree={tree}
      aria-label={label}
      levelOffset={18}
      classNames={{ root: classes.tree ?? '', label: classes.label ?? '' }}
      renderNode={renderNode}
    />
  );
}

function toTreeNode(node: JsonNode): TreeNodeData {
  const children = node.children?.map(toTreeNode);
  return {
    value: node.value,
    label: <Line name={node.name} content={node.content} />,
    ...(children && { children }),
  };
}

function renderNode({ node, expanded, hasChildren, elementProps }: RenderTreeNodePayload) {
  return (
    <div {...elementProps}>
      {hasChildren ? (
        <ChevronRight size={14} aria-hidden className={classes.arrow} data-open={expanded} />
      ) : (
        <span className={classes.arrow} />
      )}
      {node.label}
    </div>
  );
}

function Line({ name, content }: { name: string | undefined; content: JsonContent }) {
  return (
    <span className={classes.line}>
      {name !== undefined && <span className={classes.name}>{name}</span>}
      <Value content={content} />
    </span>
  );
}

function Value({ content }: { content: JsonContent }) {
  const { t } = useTranslation();
  switch (content.kind) {
    case 'object':
      return <span className={classes.size}>{`{ ${whole(content.size)} }`}</span>;
    case 'list':
      return <span className={classes.size}>{`[ ${whole(content.size)} ]`}</span>;
    case 'string':
      return (
        <span className={classes.text}>
          {`"${content.text}`}
          {content.isCut ? ' …' : '"'}
        </span>
      );
    case 'more':
      return (
        <span className={classes.size}>
          {t('screens.messages.treeMore', { count: whole(content.count) })}
        </span>
      );
    case 'number':
    case 'boolean':
    case 'null':
      return <span className={classes.plain}>{content.text}</span>;
  }
}
