import { JOB_STATUS } from '@nocobase/plugin-workflow';
import {
  placesOf,
  type PlannedNode,
  type StoredJob,
} from '../../../../src/server/deliveries/execution/direct/resuming/places';

const { RESOLVED, PENDING, FAILED } = JOB_STATUS;

/** A chain of nodes: each its name, or `name:type`, with its branches behind it. */
type Chain = (string | [string, ...Chain[]])[];

/** The nodes of a chain, linked as the engine does. A type that isn't given is `create`. */
function nodesOf(chain: Chain, around?: PlannedNode, branchIndex: number | null = null): PlannedNode[] {
  let upstream = around;
  return chain.flatMap((entry, index) => {
    const [text, ...branches] = Array.isArray(entry) ? entry : [entry];
    const [id = '', type = 'create'] = text.split(':');
    const node = {
      id,
      type,
      config: {},
      branchIndex: index === 0 ? branchIndex : null,
      upstream,
    } as unknown as PlannedNode;
    if (index > 0 && upstream) {
      upstream.downstream = node;
    }
    upstream = node;
    return [node, ...branches.flatMap((branch, at) => nodesOf(branch, node, at + (type === 'condition' ? 0 : 1)))];
  });
}

/** Results in the order in which they came: a node's name; a list: with its status, what it holds, what is before it. */
type Stored = string | [string, number, unknown?, number?];

function jobsOf(stored: Stored[]): StoredJob[] {
  return stored.map((entry, index) => {
    const [nodeId, status = RESOLVED, result = null, upstreamId = null] = Array.isArray(entry) ? entry : [entry];
    return { id: index + 1, nodeId, status, result, upstreamId } as unknown as StoredJob;
  });
}

/** @param since how many of the results came, or came to their status, after the run was cut off: the last ones */
function find(chain: Chain, stored: Stored[], noted: number[] = [], since = 0): string[] {
  const places = placesOf({
    nodes: nodesOf(chain),
    jobs: jobsOf(stored),
    noted: new Set(noted.map(String)),
    isKnown: ({ id }) => Number(id) <= stored.length - since,
    isResumable: (type) => !['create', 'query', 'calculation', 'end', 'webhook-response'].includes(type),
  });
  return places.map(({ does, node, job }) => `${does} ${node.id}${job ? ` behind ${job.id}` : ''}`);
}

const LINE: Chain = ['a', 'b', 'c'];
const BRANCHES: Chain = ['a', ['if:condition', ['no'], ['x', 'y']], 'z'];
const LOOP: Chain = ['a', ['each:loop', ['x', 'y']], 'z'];
const NESTED: Chain = [['outer:loop', ['x', ['inner:loop', ['y', ['if:condition', [], ['w']]]], 'v']], 'z'];
const BESIDE: Chain = [['all:parallel', ['a', 'b'], ['c', 'd'], ['e']], 'z'];

it.each<[string, Chain, Stored[], string[]]>([
  ['nothing', LINE, [], ['run a']],
  ['the first', LINE, ['a'], ['run b behind 1']],
  ['all but the end of the run', LINE, ['a', 'b', 'c'], ['end c behind 3']],
  ['one that failed', LINE, ['a', ['b', FAILED]], ['end b behind 2']],
  ['one that waits for a person', ['a', 'm:manual', 'c'], ['a', ['m', PENDING]], []],
  ['one that waited', ['a', 'm:manual', 'c'], ['a', 'm'], ['wake m behind 2']],
  ['one that waited, and what is behind it', ['a', 'm:manual', 'c'], ['a', 'm', 'c'], ['end c behind 3']],
  ['one that waits for its own answer', ['a', 'r:request', 'c'], ['a', ['r', PENDING]], ['again r behind 2']],
  [
    'the end of the run inside a branch',
    ['a', ['if:condition', [], ['stop:end']], 'z'],
    ['a', 'if', 'stop'],
    ['exit stop behind 3'],
  ],
  ['an answer that ends the run', ['a', 'r:webhook-response', 'z'], ['a', 'r'], ['exit r behind 2']],

  ['a condition, in the middle of its branch', BRANCHES, ['a', 'if', 'x'], ['run y behind 3']],
  ['a condition with all of its branch', BRANCHES, ['a', 'if', 'x', 'y'], ['end y behind 4']],
  ['what is behind a condition', BRANCHES, ['a', 'if', 'x', 'y', 'z'], ['end z behind 5']],
  ['a condition alone', BRANCHES, ['a', 'if'], ['run if behind 1']],
  ['a condition that has failed', BRANCHES, ['a', ['if', FAILED]], ['run if behind 1']],

  ['the first round of a loop', LOOP, ['a', ['each', PENDING], 'x'], ['run y behind 3']],
  ['all of a round', LOOP, ['a', ['each', PENDING], 'x', 'y'], ['end y behind 4']],
  ['the second round', LOOP, ['a', ['each', PENDING], 'x', 'y', 'x'], ['run y behind 5']],
  ['a round that failed and is left out', LOOP, ['a', ['each', PENDING], 'x', ['y', FAILED], 'x'], ['run y behind 5']],
  ['a loop that is through', LOOP, ['a', ['each', RESOLVED], 'x', 'y'], ['run z behind 2']],
  ['a loop that has failed', LOOP, ['a', ['each', FAILED], 'x', ['y', FAILED]], ['end each behind 2']],
  ['what is behind a loop', LOOP, ['a', 'each', 'x', 'y', 'z'], ['end z behind 5']],
  ['a round in which something waits', LOOP, ['a', ['each', PENDING], 'x', 'y', ['x', PENDING]], []],
  [
    'a loop in a loop, in its second round',
    NESTED,
    [['outer', PENDING], 'x', ['inner', PENDING], 'y', 'if', 'w', 'y'],
    ['run if behind 7'],
  ],
  [
    'an outer loop in its second round, and the inner one from the first',
    NESTED,
    [['outer', PENDING], 'x', 'inner', 'y', 'if', 'w', 'v', 'x'],
    ['run inner behind 8'],
  ],
  [
    'both loops in their second round',
    NESTED,
    [['outer', PENDING], 'x', 'inner', 'y', 'if', 'w', 'v', 'x', ['inner', PENDING], 'y', 'if', 'w', 'y', 'if', 'w'],
    ['end w behind 15'],
  ],

  [
    'the first of several branches',
    BESIDE,
    [['all', PENDING, [null, null, null]], 'a'],
    ['run b behind 2', 'run c behind 1', 'run e behind 1'],
  ],
  [
    'a branch that is told, and one that isn’t begun',
    BESIDE,
    [['all', PENDING, [1, null, null]], 'a', 'b', 'c'],
    ['run d behind 4', 'run e behind 1'],
  ],
  [
    'a branch that is through and not told',
    BESIDE,
    [['all', PENDING, [1, null, 1]], 'a', 'b', 'c', 'd', 'e'],
    ['end d behind 5'],
  ],
  [
    'a branch that waits beside others',
    BESIDE,
    [['all', PENDING, [null, null, null]], ['a', PENDING], 'c'],
    ['run d behind 3', 'run e behind 1'],
  ],
  ['branches that are all told', BESIDE, [['all', RESOLVED, [1, 1, 1]], 'a', 'b', 'c', 'd', 'e'], ['run z behind 1']],
  [
    'the one that was first, and another that goes on all the same',
    BESIDE,
    [['all', RESOLVED, [1, null, null]], 'a', 'c', 'b'],
    ['run d behind 3', 'run z behind 1'],
  ],

  ['a container of somebody else’s that waits', [['ask:approval', ['x', 'y']], 'z'], [['ask', PENDING]], []],
  ['one in the middle of its branch', [['ask:approval', ['x', 'y']], 'z'], [['ask', PENDING], 'x'], ['run y behind 2']],
  ['one that waited, and has begun no branch', [['ask:approval', ['x', 'y']], 'z'], ['ask'], ['wake ask behind 1']],

  [
    'a variable that a node behind it has set',
    ['v:variable', 'a', 's:variable', 'b'],
    ['v', 'a', ['v', RESOLVED, 2, 2], 's'],
    ['run b behind 4'],
  ],
])('what is saved is %s', (_what, chain, stored, places) => {
  expect(find(chain, stored)).toEqual(places);
});

it('what others go on with is no place', () => {
  const chain: Chain = [['all:parallel', ['m:manual', 'x'], ['n:manual', 'y']]];
  const stored: Stored[] = [['all', PENDING, [null, null]], 'm', 'n'];
  expect(find(chain, stored)).toEqual(['wake m behind 2', 'wake n behind 3']);
  expect(find(chain, stored, [3])).toEqual(['wake m behind 2']);
});

it.each<[string, Chain, Stored[], string[]]>([
  ['waits for its own answer', ['a', 'r:request', 'c'], ['a', ['r', PENDING]], []],
  ['has its answer', ['a', 'r:request', 'c'], ['a', 'r'], []],
  ['has failed', ['a', 'r:request', 'c'], ['a', ['r', FAILED]], []],
  ['needs nobody', LINE, ['a', 'b'], ['run c behind 2']],
  [
    'waits in one branch, and what another has not begun',
    BESIDE,
    [['all', PENDING, [null, null, null]], 'c', ['a', PENDING]],
    ['run d behind 2', 'run e behind 1'],
  ],
])('a node begun since the run goes on is left to who began it where it %s', (_what, chain, stored, places) => {
  expect(find(chain, stored, [], 1)).toEqual(places);
});
