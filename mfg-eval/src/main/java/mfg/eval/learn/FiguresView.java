package mfg.eval.learn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.train.ppo.Actor;

/** Any game, by the figures that it tells of an episode. */
record FiguresView(List<String> figures) implements PlayView {

    @Override
    public List<Charts.Series> rewards(List<ObjectNode> rows) {
        return List.of();
    }

    @Override
    public void draw(RunFolder files, String title, List<ObjectNode> rows, Actor actor, long seed) throws IOException {
        if (!figures.isEmpty()) {
            Map<String, String> titles = new LinkedHashMap<>();
            figures.forEach(figure -> titles.put(figure, figure));
            LearningCharts.panels(files, "figures.png", titles, rows);
        }
    }
}
