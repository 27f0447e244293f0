package io.tenantry.testing;

import io.tenantry.tenancy.TenantId;
import java.util.function.Supplier;

/** Transaction boundaries: what the container does around the methods of its beans. */
public interface Boundary {
    /** Runs the work in its own transaction; an exception rolls it back. */
    <T> T in(String name, Supplier<T> work);

    /** Same as {@link #in}, for work without a result. */
    default void run(String name, Runnable work) {
        var unused = in(name, () -> {
            work.run();
            return name;
        });
    }

    /** Returns transactions of a tenant. */
    static Boundary of(TenantId tenant) {
        return new Boundary() {
            @Override
            public <T> T in(String name, Supplier<T> work) {
                return Database.in(tenant, work);
            }
        };
    }
}
