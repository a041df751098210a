package mfg.eval.taxi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mfg.envs.taxi.TaxiSimulator;
import mfg.eval.io.Json;
import mfg.train.ppo.Ppo;

/**
 * A row of the metrics: what happened on the roads, and how learning went.
 *
 * @param zone1Share the share of taxis that went to zone 1
 * @param zone1Reward what a taxi that went there earned, on average; not a number if nobody did
 * @param zone2Reward the same of zone 2
 * @param jams moves that failed, of a taxi
 * @param seconds spent playing and learning since the first epoch
 * @param learning the rest of the columns
 */
record TaxiEpoch(
        double zone1Share, double zone1Reward, double zone2Reward, double jams, double seconds, Ppo.Epoch learning) {

    static TaxiEpoch of(TaxiSimulator taxis, Ppo ppo, Ppo.Epoch learning, double seconds) {
        ZoneReturns returns = ZoneReturns.of(taxis, ppo.episodeReturns(), k -> true);
        return new TaxiEpoch(
                taxis.zone1Share(),
                returns.in(1).mean(),
                returns.in(2).mean(),
                (double) taxis.jams() / taxis.agents(),
                seconds,
                learning);
    }

    ObjectNode row() {
        ObjectNode row = Json.fields(learning);
        ObjectNode own = Json.fields(this);
        own.remove("learning");
        return row.setAll(own);
    }

    static TaxiEpoch read(ObjectNode row) throws JsonProcessingException {
        ObjectNode whole = row.deepCopy();
        whole.set("learning", row);
        return Json.read(whole, TaxiEpoch.class);
    }
}
