package mfg.envs.players;

import java.util.Arrays;
import mfg.core.GameShape;
import mfg.core.Sizes;
import mfg.core.trace.Machine;
import mfg.core.trace.TracedFunction;

/** Plays recorded rules. */
final class TracedReferee implements Referee {

    /** A function at work, with the flows that it reads. */
    private record Player(Machine machine, Machine.Memory memory, double[][] flows) {

        static Player of(TracedFunction function, double[][] design, double[][] flows) {
            Machine machine = function.machine();
            machine.set(design);
            return new Player(machine, machine.memory(), flows);
        }

        void run() {
            machine.run(memory, flows);
        }

        void read(int output, double[] to) {
            machine.read(memory, output, to);
        }
    }

    private final double[][] flows;
    private final Player[] rounds;
    private final Player objective;
    private final double[] worth = new double[1];

    /** The round that is next. */
    private int h;

    TracedReferee(GameShape shape, TracedRules rules, double[][] design) {
        int pairs = Sizes.product("states x actions", shape.states(), shape.actions());
        this.flows = new double[shape.rounds()][pairs];
        this.rounds = new Player[shape.rounds()];
        Arrays.setAll(rounds, h -> Player.of(rules.rounds().get(h), design, Arrays.copyOf(flows, h + 1)));
        this.objective = Player.of(rules.objective(), design, flows);
    }

    @Override
    public void begin() {
        h = 0;
    }

    @Override
    public void round(double[] flow, double[] reward, double[] kernel) {
        System.arraycopy(flow, 0, flows[h], 0, flows[h].length);
        rounds[h].run();
        rounds[h].read(0, reward);
        rounds[h].read(1, kernel);
        h++;
    }

    @Override
    public double objective() {
        objective.run();
        objective.read(0, worth);
        return worth[0];
    }
}
