package mfg.eval.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.train.Adam;

/** Parameters that are trained and the moments of their optimizer, as checkpoints keep them: four entries, of which three are lists. */
public record Trained(NDList theta, Adam adam) {

    private static final List<String> LISTS = List.of("theta", "mean", "square");

    /** All of it; arrays are not copied. */
    public NDList save(NDManager scratch) {
        NDList all = new NDList();
        List<NDList> lists = List.of(theta, adam.means(), adam.squares());
        for (int k = 0; k < lists.size(); k++) {
            for (int i = 0; i < theta.size(); i++) {
                NDArray view = lists.get(k).get(i).stopGradient();
                view.attach(scratch);
                view.setName(LISTS.get(k) + "/" + theta.get(i).getName());
                all.add(view);
            }
        }
        all.add(Saved.number("adamSteps", adam.steps(), scratch));
        return all;
    }

    /** What {@link #save} returns for some parameters. */
    public static List<ParameterSpec> saved(List<ParameterSpec> parameters) {
        List<ParameterSpec> all = new ArrayList<>();
        LISTS.forEach(list ->
                parameters.forEach(spec -> all.add(new ParameterSpec(list + "/" + spec.name(), spec.shape(), 0))));
        all.add(Saved.number("adamSteps"));
        return all;
    }

    /**
     * Takes up what {@link #save} returned, bit by bit.
     *
     * @param saved with anything behind it
     * @param manager the owner of the arrays
     * @param type of the parameters
     * @throws InvalidInputException if there is no such optimizer
     */
    public static Trained load(NDList saved, List<ParameterSpec> parameters, NDManager manager, DataType type) {
        int n = parameters.size();
        NDList ours = new NDList();
        for (int i = 0; i < 3 * n; i++) {
            // a copy by all means: the engine's toType copies nothing where the type is the same, and what was read
            // lies in
            // memory of Java's, which is freed
            NDArray array = saved.get(i).toType(type, false).duplicate().toDevice(manager.getDevice(), false);
            array.attach(manager);
            array.setName(parameters.get(i % n).name());
            ours.add(array);
        }
        double steps = Tensors.toDouble(saved.get(3 * n));
        if (steps != (int) steps || steps < 0) {
            throw new InvalidInputException("the checkpoint is damaged: its counters contradict each other");
        }
        return new Trained(
                ours.subNDList(0, n), new Adam(ours.subNDList(n, 2 * n), ours.subNDList(2 * n, 3 * n), (int) steps));
    }
}
