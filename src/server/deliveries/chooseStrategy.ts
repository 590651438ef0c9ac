import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import type { DeliveryStore } from './DeliveryStore';
import type { Engine } from './engine';
import { missingParts } from './engineParts';
import type { Finisher } from './Finisher';
import { Hands } from './Hands';
import { Legs } from './Legs';
import { Lifecycle } from './Lifecycle';
import type { RecoveryStore } from './RecoveryStore';
import { RunEngine } from './RunEngine';
import { Runner } from './Runner';
import { RunStore } from './RunStore';
import { Starter } from './Starter';
import type { RunStrategy, StartStrategy } from './strategy';
import { TriggerEngine } from './trigger/TriggerEngine';
import { TriggerRunner } from './trigger/TriggerRunner';
import { TriggerStarter } from './trigger/TriggerStarter';
import type { TriggerStore } from './trigger/TriggerStore';
import type { Writer } from './Writer';

export interface Strategy {
  engine: Engine;
  starter: StartStrategy;
  runner: RunStrategy;
  /** What watches executions while this node takes deliveries. */
  followers: { start(): void; stop(): void }[];
}

export interface StrategyParts {
  app: Application;
  workflows: PluginWorkflowServer;
  store: DeliveryStore;
  writer: Writer;
  recoveryStore: RecoveryStore;
  triggered: TriggerStore;
  finisher: Finisher;
  nodeId: string;
  /** A webhook has a received delivery again. */
  wake(key: string): void;
}

/** By hand where the engine has all that this leans on; else through its `trigger()`, and says so. */
export function chooseStrategy(parts: StrategyParts): Strategy {
  const missing = missingParts(parts);
  if (missing.length === 0) {
    return byHand(parts);
  }
  parts.app.logger.warn(
    `this version of NocoBase's workflow engine lacks what webhook deliveries are started with (${missing.join(', ')}).` +
      ' They are started through its trigger() instead: none is lost or started twice, but their order and the number' +
      ' of runs at once are not kept. See whether there is a version of this plugin for this version of NocoBase.',
  );
  return byTrigger(parts);
}

function byHand({ app, workflows, store, writer, recoveryStore, finisher, nodeId }: StrategyParts): Strategy {
  const { db, logger: log } = app;
  const engine = new RunEngine(app, workflows, new RunStore(db, writer));
  const hands = new Hands({ engine, store: recoveryStore, owner: nodeId, log });
  const runner = new Runner({ engine, finisher, hands, log });
  return {
    engine,
    starter: new Starter(store, engine, nodeId, log),
    runner,
    followers: [new Lifecycle(db, runner, finisher), new Legs({ workflows, runner, hands, log })],
  };
}

function byTrigger({ app, workflows, recoveryStore, triggered, finisher, nodeId, wake }: StrategyParts): Strategy {
  const { db } = app;
  const engine = new TriggerEngine(app, workflows);
  const runner = new TriggerRunner({
    db,
    workflows,
    engine,
    store: triggered,
    finisher,
    letGo: (id) => recoveryStore.letGo(id, nodeId),
    wake,
  });
  return {
    engine,
    starter: new TriggerStarter(triggered, nodeId),
    runner,
    followers: [runner, new Lifecycle(db, runner, finisher)],
  };
}
