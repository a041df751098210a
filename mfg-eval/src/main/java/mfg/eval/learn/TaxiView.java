package mfg.eval.learn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.TaxiSimulator;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import mfg.train.ppo.Actor;
import mfg.train.ppo.Episodes;

/** Taxis: who drives in which zone and what that earns, and a city on a day after learning. */
final class TaxiView implements PlayView {

    private final TaxiSimulator taxis;

    TaxiView(TaxiSimulator taxis) {
        this.taxis = taxis;
    }

    @Override
    public List<Charts.Series> rewards(List<ObjectNode> rows) {
        return List.of(
                Metrics.broken("in zone 1", rows, "zone1Reward"), Metrics.broken("in zone 2", rows, "zone2Reward"));
    }

    @Override
    public void draw(RunFolder files, String title, List<ObjectNode> rows, Actor actor, long seed) throws IOException {
        Plot zones = Charts.lines(title, "epoch", "", List.of(Metrics.broken("zone 1", rows, "zone1Share")))
                .along(Plot.Axis.between("share of taxis in zone 1", 0, 1));
        Charts.save(files.file("zones.png"), List.of(zones));
        List<CityView> views = new ArrayList<>();
        Episodes.play(taxis, actor, seed, () -> views.add(CityView.of(taxis)));
        CityPicture picture = new CityPicture(taxis.city().layout());
        picture.save(files.file("city.png"), CityView.mean(views));
        picture.animate(files.file("city.gif"), views);
        Charts.save(files.file("map.png"), List.of(map(views), occupancy(views)));
    }

    private Plot map(List<CityView> views) {
        CityLayout layout = taxis.city().layout();
        int[][] places = IntStream.rangeClosed(0, layout.cells())
                .mapToObj(s -> new int[] {layout.column(s), layout.row(s)})
                .toArray(int[][]::new);
        double most = views.stream()
                .flatMapToDouble(view -> Arrays.stream(view.taxis()))
                .max()
                .orElse(1);
        return new Plot.Frames(
                "Where the taxis are",
                "round",
                IntStream.range(0, views.size()).mapToObj(String::valueOf).toList(),
                views.stream()
                        .map(view -> new Plot.Places(
                                "Where the taxis are, " + view.title(), places, view.taxis(), "taxis", most))
                        .toList());
    }

    /** The share of taxis in each part of the city, round by round. */
    private Plot occupancy(List<CityView> views) {
        CityLayout layout = taxis.city().layout();
        double[] rounds = IntStream.range(0, views.size()).asDoubleStream().toArray();
        List<Charts.Series> parts = new ArrayList<>();
        for (String part : List.of("start", "zone 1", "zone 2")) {
            int zone = parts.size();
            parts.add(new Charts.Series(
                    part,
                    rounds,
                    views.stream()
                            .mapToDouble(view -> IntStream.rangeClosed(0, layout.cells())
                                            .filter(s -> layout.zone(s) == zone)
                                            .mapToDouble(s -> view.taxis()[s])
                                            .sum()
                                    / Arrays.stream(view.taxis()).sum())
                            .toArray()));
        }
        return Charts.lines("Where the taxis are, part by part", "round", "share of taxis", parts)
                .along(Plot.Axis.between("share of taxis", 0, 1));
    }
}
