package mfg.envs.players;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import mfg.core.GameShape;
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

    EngineReferee(MeanFieldGame<R> game, NDList design, Objective<R> objective, NDManager manager) {
        this.game = game;
        this.design = design;
        this.objective = objective;
        this.manager = manager;
    }

    @Override
    public double play(Players players) {
        GameShape shape = game.shape();
        try (Scope scope = new Scope(manager)) {
            NDList theta = scope.in(design);
            List<NDArray> flows = new ArrayList<>();
            List<R> rounds = new ArrayList<>();
            @Nullable R previous = null;
            for (int h = 0; h < shape.rounds(); h++) {
                NDArray flow = Tensors.create(
                        scope.manager(), DataType.FLOAT64, players.act(h), new Shape(shape.states(), shape.actions()));
                R round = game.round(h, flow, previous, theta);
                players.settle(h, Tensors.toDoubles(round.reward()), Tensors.toDoubles(Referee.kernel(round, flow)));
                flows.add(flow);
                rounds.add(round);
                previous = round;
            }
            return Tensors.toDouble(objective.of(PopulationFlow.observed(game, flows, rounds), theta));
        }
    }
}
