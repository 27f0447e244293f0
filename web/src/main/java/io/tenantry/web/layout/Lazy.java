package io.tenantry.web.layout;

import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that a page reads at its first use, and no further time: pages ask for the same value many times while they are rendered. The value
 * is not kept with the session of another node; it is read again there.
 */
public final class Lazy<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient @Nullable T value;

    /** Returns the value; reads it if this was not done yet. */
    public T get(Supplier<T> read) {
        var known = value;
        if (known == null) {
            known = read.get();
            value = known;
        }
        return known;
    }

    /** Discards the value, so that it is read again. */
    public void forget() {
        value = null;
    }
}
