package mfg.eval.learn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    }
}
