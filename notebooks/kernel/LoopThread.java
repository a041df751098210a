package org.rapaio.jupyter.kernel.channels;

/**
 * Takes the place of the Java kernel's own class of this name. That one (kernel 3.0.1) takes messages before the kernel can
 * handle them: in one start out of four its thread dies, and Jupyter waits for an answer for ever. This one first lets the
 * kernel get ready.
 */
public final class LoopThread extends Thread {

    private static final long READY_MILLIS = 1000; // what takes a few hundred on a busy machine

    private final long pauseMillis;
    private final Runnable step;
    private volatile boolean running = true;

    public LoopThread(String name, long pauseMillis, Runnable step) {
        super(name);
        this.pauseMillis = pauseMillis;
        this.step = step;
    }

    @Override
    public void run() {
        try {
            Thread.sleep(READY_MILLIS);
            while (running) {
                step.run();
                Thread.sleep(pauseMillis);
            }
        } catch (InterruptedException e) {
            shutdown();
        }
    }

    public void shutdown() {
        running = false;
    }
}
