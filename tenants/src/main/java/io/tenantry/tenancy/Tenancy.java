package io.tenantry.tenancy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scope of the current thread. There is no default: code that does not enter a scope gets {@link NoTenantException}, and the database,
 * queried without a role, refuses too.
 *
 * <p>Requests enter in a {@code ServletRequestListener}; background work enters the tenant of its run or work item. Other threads inherit
 * nothing: pass the {@link TenantId} in the message and enter it there.
 */
public final class Tenancy {
    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    private Tenancy() {}

    /** Work that may throw any exception. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, E extends Exception> {
        T run() throws E;
    }

    /** Leaves the scope and restores the previous one. */
    public static final class EnteredScope implements AutoCloseable {
        private final @Nullable Scope before;

        private EnteredScope(@Nullable Scope before) {
            this.before = before;
        }

        @Override
        public void close() {
            set(before);
        }
    }

    /**
     * Enters a scope on this thread.
     *
     * @throws IllegalStateException within a transaction of another scope: the server would continue with the connection, and so with the
     *     schema, of the first
     */
    public static EnteredScope enter(Scope scope) {
        TransactionScope.refuseOther(scope);
        var before = CURRENT.get();
        set(scope);
        return new EnteredScope(before);
    }

    /** Enters a tenant on this thread, like {@link #enter(Scope)}. */
    public static EnteredScope enter(TenantId tenant) {
        return enter(Scope.of(tenant));
    }

    /** Does the work within the scope and leaves it, whether the work succeeds or fails. */
    public static <T extends @Nullable Object, E extends Exception> T in(Scope scope, Work<T, E> work) throws E {
        try (var enteredScope = enter(scope)) {
            return work.run();
        }
    }

    /** Does the work as the tenant, like {@link #in(Scope, ClaimedWorkItem)}. */
    public static <T extends @Nullable Object, E extends Exception> T in(TenantId tenant, Work<T, E> work) throws E {
        return in(Scope.of(tenant), work);
    }

    /** Returns the scope of this thread, if one is entered. */
    public static Optional<Scope> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * Returns the scope of this thread.
     *
     * @throws NoTenantException if none is entered
     */
    public static Scope scope() {
        return current().orElseThrow(NoTenantException::new);
    }

    /**
     * Returns the tenant of this thread.
     *
     * @throws NoTenantException if none is entered, or if the platform is
     */
    public static TenantId tenant() {
        return scope().tenant().orElseThrow(NoTenantException::new);
    }

    /** Clears the scope: at the end of a request, and before one begins on a thread whose scope was not cleared. */
    public static void clear() {
        set(null);
    }

    private static void set(@Nullable Scope scope) {
        LogContext.set("tenant", scope == null ? null : scope.label());
        if (scope == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(scope);
        }
    }
}
