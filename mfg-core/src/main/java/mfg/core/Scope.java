package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * A short-lived region of memory. Everything computed from arrays brought {@link #in} is freed at {@link #close()}, except
 * what is carried {@link #out}. One scope a solver step keeps a long run at constant memory.
 */
public final class Scope implements AutoCloseable {

    private final NDManager parent;
    private final NDManager manager;

    /**
     * Opens a scope.
     *
     * @param parent who gets what is carried out
     */
    public Scope(NDManager parent) {
        this.parent = parent;
        this.manager = parent.newSubManager();
    }

    /**
     * Returns the manager of this scope.
     *
     * @return owner of everything computed in this scope
     */
    public NDManager manager() {
        return manager;
    }

    /**
     * Brings an array in.
     *
     * @param array any array whose manager is not capped; not modified
     * @return the same numbers, shared and not copied, owned by this scope and without gradient
     */
    public NDArray in(NDArray array) {
        NDArray view = array.stopGradient();
        view.attach(manager);
        return view;
    }

    /**
     * Brings arrays in.
     *
     * @param arrays any arrays; not modified
     * @return their views, in order
     */
    public NDList in(NDList arrays) {
        NDList views = new NDList(arrays.size());
        for (NDArray array : arrays) {
            views.add(in(array));
        }
        return views;
    }

    /**
     * Carries a result out.
     *
     * @param result an array of this scope
     * @return the same array, now owned by the parent
     */
    public NDArray out(NDArray result) {
        result.attach(parent);
        return result;
    }

    /**
     * Carries results out.
     *
     * @param results arrays of this scope
     * @return the same list, its arrays now owned by the parent
     */
    public NDList out(NDList results) {
        results.attach(parent);
        return results;
    }

    /** Frees what was not carried out. */
    @Override
    public void close() {
        manager.close();
    }
}
