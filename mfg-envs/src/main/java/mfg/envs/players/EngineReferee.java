package mfg.envs.players;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;

/** Asks the engine for each round. */
final class EngineReferee<R extends Round> implements Referee {

    private final MeanFieldGame<R> game;
    private final NDList design;
    private final Objective<R> objective;
    private final NDManager manager;
    private final List<NDArray> flows = new ArrayList<>();
    private final List<R> rounds = new ArrayList<>();

    /** What the present play is computed in; null between plays. */
    private @Nullable Scope play;

    EngineReferee(MeanFieldGame<R> game, NDList design, Objective<R> objective, NDManager manager) {
        this.game = game;
        this.design = design;
        this.objective = objective;
        this.manager = manager;
    }

    @Override
    public void begin() {
        if (play != null) {
            play.close();
        }
        play = new Scope(manager);
        flows.clear();
        rounds.clear();
    }

    @Override
    public void round(double[] shares, double[] reward, double[] kernel) {
        Scope scope = Objects.requireNonNull(play, "no play has begun");
        int h = rounds.size();
        Shape size = new Shape(game.shape().states(), game.shape().actions());
        NDArray flow = Tensors.create(scope.manager(), DataType.FLOAT64, shares, size);
        R round = game.round(h, flow, h == 0 ? null : rounds.get(h - 1), scope.in(design));
        System.arraycopy(Tensors.toDoubles(round.reward()), 0, reward, 0, reward.length);
        System.arraycopy(Tensors.toDoubles(Referee.kernel(round, flow)), 0, kernel, 0, kernel.length);
        flows.add(flow);
        rounds.add(round);
    }

    @Override
    public double objective() {
        try (Scope scope = Objects.requireNonNull(play, "no play has begun")) {
            play = null;
            return Tensors.toDouble(objective.of(PopulationFlow.observed(game, flows, rounds), scope.in(design)));
        }
    }
}
