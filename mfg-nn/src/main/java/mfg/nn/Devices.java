package mfg.nn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import mfg.core.InvalidInputException;

/** What computes. */
public final class Devices {

    private Devices() {}

    /**
     * Finds a device.
     *
     * @param name cpu or gpu
     * @throws InvalidInputException if there is none of that name here
     */
    public static Device named(String name) {
        return switch (name) {
            case "cpu" -> Device.cpu();
            case "gpu" -> {
                if (Engine.getInstance().getGpuCount() == 0) {
                    throw new InvalidInputException("--device gpu: the engine sees no GPU here");
                }
                yield Device.gpu();
            }
            default -> throw new InvalidInputException("--device must be cpu or gpu, not " + name);
        };
    }
}
