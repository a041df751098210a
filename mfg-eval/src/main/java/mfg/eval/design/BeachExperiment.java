package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.PopulationFlow;
import mfg.core.Scenarios;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.envs.beach.BeachBar;
import mfg.envs.beach.Congestion;
import mfg.envs.players.IndependentPlayers;
import mfg.envs.players.NPlayerGame;
import mfg.eval.io.Charts;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The design of prices along a beach. */
final class BeachExperiment implements Experiment<KernelRound> {

    private final BeachBar game;
    private final Scenarios<KernelRound> scenarios;

    BeachExperiment(DesignConfig config, Constants constants) {
        if (!config.mechanism().equals("price")) {
            throw new InvalidInputException("--mechanism is for auctions; the beach bar has prices to design");
        }
        if (!config.initialValues().isEmpty()) {
            throw new InvalidInputException("--values-from is for auctions; nobody bids on the beach");
        }
        BeachBar.Options base = BeachBar.Options.DEFAULT;
        this.game = new BeachBar(
                constants,
                new BeachBar.Options(config.values(), config.horizon(), config.maxPrice(), base.slip(), base.guard()));
        this.scenarios = Scenarios.single(game, new Congestion<>(config.beta()));
    }

    @Override
    public Scenarios<KernelRound> scenarios() {
        return scenarios;
    }

    @Override
    public Map<String, double[]> byRound(PopulationFlow<KernelRound> flow) {
        double[] largest = new double[flow.rounds().size()];
        for (int h = 0; h < largest.length; h++) {
            largest[h] = Arrays.stream(Tensors.toDoubles(flow.states(h))).max().orElseThrow();
        }
        return Map.of("largestCrowd", largest);
    }

    @Override
    public @Nullable Boolean noZeroDominance(PopulationFlow<KernelRound> flow) {
        return null;
    }

    @Override
    public List<Table> tables(PopulationFlow<KernelRound> flow, NDList theta) {
        Table crowd =
                Table.create("flow", IntColumn.create("round"), IntColumn.create("spot"), DoubleColumn.create("mass"));
        for (int h = 0; h < flow.rounds().size(); h++) {
            double[] mass = Tensors.toDoubles(flow.states(h));
            for (int s = 0; s < mass.length; s++) {
                crowd.intColumn("round").append(h);
                crowd.intColumn("spot").append(s);
                crowd.doubleColumn("mass").append(mass[s]);
            }
        }
        Table prices = Table.create("prices", IntColumn.create("spot"), DoubleColumn.create("price"));
        double[] paid;
        try (Scope scope = new Scope(theta.head().getManager())) {
            paid = Tensors.toDoubles(game.prices(scope.in(theta)));
        }
        for (int s = 0; s < paid.length; s++) {
            prices.intColumn("spot").append(s);
            prices.doubleColumn("price").append(paid[s]);
        }
        return List.of(crowd, prices);
    }

    @Override
    public List<NPlayerGame> players(NDList theta, int players, NDManager manager) {
        return List.of(new IndependentPlayers<>(game, theta, scenarios.objective(), players, manager));
    }

    @Override
    public Map<String, List<Chart<?, ?>>> charts(List<Table> before, List<Table> after) {
        Map<String, List<Chart<?, ?>>> charts = new LinkedHashMap<>();
        Map<String, Table> crowds = new LinkedHashMap<>();
        crowds.put("Crowd before", before.get(0));
        crowds.put("Crowd after", after.get(0));
        charts.put("flow", Charts.heatMaps(crowds, "spot", "round", "mass"));
        charts.put(
                "prices",
                List.of(Charts.lines(
                        "Price of a visit",
                        "spot",
                        "price",
                        List.of(
                                Charts.series("before", before.get(1), "spot", "price"),
                                Charts.series("after", after.get(1), "spot", "price")))));
        return charts;
    }
}
