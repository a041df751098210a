package mfg.eval.design;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.BatchedAuction;
import mfg.eval.io.Text;
import mfg.eval.view.BeforeAfter;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** What there is to see of an auction: who bids what, what bids win and pay, what is offered and sold. */
final class AuctionView implements DesignView<AuctionRound> {

    /** Per capita: masses closer than this count as equal, an order above the rounding of float32. */
    private static final double SAME_MASS = 1e-6;

    /** Values and bids come in at most so many bins in the table of who bids what. */
    private static final int MOST_BINS = 50;

    /** Of a long auction so many rounds are looked at, evenly spaced. */
    private static final int MOST_ROUNDS = 10;

    /** Fewer bidders than this are left out of the table of who bids what. */
    private static final double FEW = 1e-6;

    private final AuctionGame game;

    AuctionView(AuctionGame game) {
        this.game = game;
    }

    @Override
    public Boolean noZeroDominance(PopulationFlow<AuctionRound> flow) {
        return !((BatchedAuction) flow.game()).violatesNoZeroDominance(flow.rounds(), SAME_MASS);
    }

    // ---- tables ----

    @Override
    public List<Table> tables(PopulationFlow<AuctionRound> flow, NDList theta) {
        return List.of(bids(flow), payments(flow), rounds(flow), bidding(flow));
    }

    private Table bids(PopulationFlow<AuctionRound> flow) {
        Table bids = empty("bids", "value", "meanBid", "mass");
        double[] grid = game.grid();
        for (int h = 0; h < flow.rounds().size(); h++) {
            double[] policy = Tensors.toDoubles(flow.policy(h));
            double[] states = Tensors.toDoubles(flow.states(h));
            for (int s = 0; s < grid.length; s++) {
                double mean = 0;
                for (int a = 0; a < grid.length; a++) {
                    mean += policy[s * grid.length + a] * grid[a];
                }
                append(bids, h, grid[s], mean, states[s]);
            }
        }
        return bids;
    }

    private Table payments(PopulationFlow<AuctionRound> flow) {
        Table payments = empty("payments", "bid", "payment", "winning", "mass");
        double[] grid = game.grid();
        for (int h = 0; h < flow.rounds().size(); h++) {
            AuctionRound round = flow.rounds().get(h);
            double[] payment = Tensors.toDoubles(round.payments());
            double[] winning = Tensors.toDoubles(round.winning());
            double[] mass = Tensors.toDoubles(round.bids());
            for (int a = 0; a < grid.length; a++) {
                append(payments, h, grid[a], payment[a], winning[a], mass[a]);
            }
        }
        return payments;
    }

    private static Table rounds(PopulationFlow<AuctionRound> flow) {
        Table rounds = empty("rounds", "offered", "sold", "revenue");
        for (int h = 0; h < flow.rounds().size(); h++) {
            AuctionRound round = flow.rounds().get(h);
            append(
                    rounds,
                    h,
                    Tensors.toDouble(round.offered()),
                    Tensors.toDouble(round.goods()),
                    Tensors.toDouble(round.revenue()));
        }
        return rounds;
    }

    /** How many of each value bid what, in some rounds and in bins, each called by its middle. */
    private Table bidding(PopulationFlow<AuctionRound> flow) {
        Table bidding = empty("bidding", "value", "bid", "mass");
        double[] grid = game.grid();
        int width = width();
        double[] middles = middles();
        for (int h : Charts.evenly(flow.rounds().size(), MOST_ROUNDS)) {
            double[] policy = Tensors.toDoubles(flow.policy(h));
            double[] states = Tensors.toDoubles(flow.states(h));
            double[][] mass = new double[middles.length][middles.length];
            for (int s = 0; s < grid.length; s++) {
                for (int a = 0; a < grid.length; a++) {
                    mass[s / width][a / width] += states[s] * policy[s * grid.length + a];
                }
            }
            for (int s = 0; s < middles.length; s++) {
                for (int a = 0; a < middles.length; a++) {
                    if (mass[s][a] > FEW) {
                        append(bidding, h, middles[s], middles[a], mass[s][a]);
                    }
                }
            }
        }
        return bidding;
    }

    /** A table without rows yet: the round, from 1, and numbers. */
    private static Table empty(String name, String... numbers) {
        Table table = Table.create(name, IntColumn.create("round"));
        for (String number : numbers) {
            table.addColumns(DoubleColumn.create(number));
        }
        return table;
    }

    /** Adds a row of round h, from 0. */
    private static void append(Table table, int h, double... numbers) {
        table.intColumn(0).append(h + 1);
        for (int i = 0; i < numbers.length; i++) {
            table.doubleColumn(i + 1).append(numbers[i]);
        }
    }

    private int width() {
        return (game.grid().length + MOST_BINS - 1) / MOST_BINS;
    }

    private double[] middles() {
        double[] grid = game.grid();
        int width = width();
        return IntStream.range(0, (grid.length + width - 1) / width)
                .mapToDouble(bin -> (grid[bin * width] + grid[Math.min((bin + 1) * width, grid.length) - 1]) / 2)
                .toArray();
    }

    @Override
    public List<Table> given() {
        return game.bidders().isEmpty()
                ? List.of()
                : List.of(Table.create(
                        "bidders",
                        DoubleColumn.create("value", game.grid()),
                        DoubleColumn.create("mass", game.mu0()),
                        DoubleColumn.create("count", game.bidders())));
    }

    // ---- charts ----

    @Override
    public Map<String, List<? extends Plot>> charts(Map<String, List<Table>> designs) {
        String name = game.name();
        Map<String, List<? extends Plot>> charts = new LinkedHashMap<>();
        Map<String, Table> payments = DesignView.each(designs, 1);
        Map<String, Table> rounds = DesignView.each(designs, 2);
        charts.put("bids", whoBidsWhat(DesignView.each(designs, 3)));
        charts.put(
                "payments", BeforeAfter.charts(name + ": what a winner pays", payments, "bid", "payment", "payment"));
        charts.put(
                "winning",
                BeforeAfter.charts(name + ": how likely a bid wins", payments, "bid", "winning", "chance of winning"));
        charts.put("rounds", byRound(rounds));
        charts.put(
                "demand",
                List.of(demand(Objects.requireNonNull(payments.get(BEST)), Objects.requireNonNull(rounds.get(BEST)))));
        given().forEach(bidders -> charts.put(
                bidders.name(),
                List.of(Charts.histogram(
                        name + ": bidders before the first round",
                        "value",
                        "share of all bidders",
                        Charts.series("bidders", bidders, "value", "mass")))));
        return charts;
    }

    private List<Plot> whoBidsWhat(Map<String, Table> bidding) {
        List<Plot> charts = new ArrayList<>();
        bidding.forEach((design, table) -> {
            String title = "%s, %s".formatted(game.name(), design);
            charts.add(byRound(
                    title, table, h -> cells("%s, round %d: who bids what".formatted(title, h), rounds(table, h))));
        });
        return charts;
    }

    /** Of each value that takes part. */
    private Plot.Cells cells(String title, Table bidding) {
        double[] middles = middles();
        double[][] mass = new double[middles.length][middles.length];
        double[] all = new double[middles.length];
        for (Row row : bidding) {
            int value = nearest(middles, row.getDouble("value"));
            mass[nearest(middles, row.getDouble("bid"))][value] = row.getDouble("mass");
            all[value] += row.getDouble("mass");
        }
        for (double[] bids : mass) {
            Arrays.setAll(bids, value -> all[value] > FEW ? bids[value] / all[value] : Double.NaN);
        }
        List<String> names = Arrays.stream(middles)
                .mapToObj(middle -> Text.of("%.2f", middle))
                .toList();
        return new Plot.Cells(title, "value", "bid", names, names, mass, "of a value's bidders", 0, 1);
    }

    private static int nearest(double[] numbers, double number) {
        int at = Arrays.binarySearch(numbers, number - 1e-9);
        return at >= 0 ? at : -at - 1;
    }

    /** How many would take a good at each price, beside how many goods are on offer. */
    private static Plot.Frames demand(Table payments, Table rounds) {
        double most = Math.max(
                rounds.doubleColumn("offered").max(),
                Arrays.stream(atLeast(rounds(payments, 1)).y()).max().orElse(1));
        return byRound(
                "Demand and offer",
                rounds,
                h -> new Plot.Curves(
                        "Round %d: how many bid at least so much".formatted(h),
                        Plot.Axis.of("bid"),
                        Plot.Axis.between("per capita", 0, most),
                        List.of(Charts.line(atLeast(rounds(payments, h)))),
                        List.of(new Plot.Level(
                                "goods on offer",
                                rounds(rounds, h).doubleColumn("offered").getDouble(0))),
                        List.of()));
    }

    private static Charts.Series atLeast(Table payments) {
        double[] mass = payments.doubleColumn("mass").asDoubleArray();
        for (int a = mass.length - 2; a >= 0; a--) {
            mass[a] += mass[a + 1];
        }
        return new Charts.Series("bidders", payments.doubleColumn("bid").asDoubleArray(), mass);
    }

    private static List<Plot> byRound(Map<String, Table> rounds) {
        List<Charts.Series> goods = new ArrayList<>(DesignView.series(rounds, "sold, ", "round", "sold"));
        goods.addAll(DesignView.series(rounds, "offered, ", "round", "offered"));
        return List.of(
                Charts.lines("Goods by round", "round", "per capita", goods).as(Plot.Style.THROUGH),
                Charts.lines(
                                "Revenue by round",
                                "round",
                                "revenue per capita",
                                DesignView.series(rounds, "", "round", "revenue"))
                        .as(Plot.Style.THROUGH));
    }

    private static Plot.Frames byRound(String title, Table table, IntFunction<Plot> chart) {
        int[] rounds = Arrays.stream(table.intColumn("round").asIntArray())
                .distinct()
                .sorted()
                .toArray();
        int[] shown = IntStream.of(Charts.evenly(rounds.length, MOST_ROUNDS))
                .map(i -> rounds[i])
                .toArray();
        return new Plot.Frames(
                title,
                "round",
                IntStream.of(shown).mapToObj(String::valueOf).toList(),
                IntStream.of(shown).mapToObj(chart).toList());
    }

    private static Table rounds(Table table, int h) {
        return table.where(table.intColumn("round").isEqualTo(h));
    }
}
