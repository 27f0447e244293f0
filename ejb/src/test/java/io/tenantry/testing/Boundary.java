package io.tenantry.testing;

import io.tenantry.tenancy.TenantId;
import java.util.function.Supplier;

/** Where a transaction begins and ends: what the container does around the methods of its beans. */
public interface Boundary {
    /** Does the work in a transaction of its own; what it throws rolls back. */
    <T> T in(String name, Supplier<T> work);

    /** As {@link #in}, for work that gives nothing back. */
    default void run(String name, Runnable work) {
        var unused = in(name, () -> {
            work.run();
            return name;
        });
    }

    /** Transactions of a tenant. */
    static Boundary of(TenantId tenant) {
        return new Boundary() {
            @Override
            public <T> T in(String name, Supplier<T> work) {
                return Database.in(tenant, work);
            }
        };
    }
}
