package mfg.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mfg.core.ParameterSpec;

/** Parameters by their names. */
final class NamedArrays {

    private final Map<String, double[]> arrays = new HashMap<>();

    /**
     * Names arrays.
     *
     * @param specs their names
     * @param arrays as many; not copied
     */
    NamedArrays(List<ParameterSpec> specs, List<double[]> arrays) {
        for (int i = 0; i < specs.size(); i++) {
            this.arrays.put(specs.get(i).name(), arrays.get(i));
        }
    }

    double[] get(String name) {
        double[] array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return array;
    }
}
