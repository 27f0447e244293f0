package io.tenantry.tenancy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which scope the current thread works in. There is no default: whoever forgets to enter gets {@link NoTenantException}, and the
 * database, asked without a role, refuses too.
 *
 * <p>Requests enter in a {@code ServletRequestListener}; background work enters the tenant of its run or work item. Nothing is
 * inherited by other threads: pass the {@link TenantId} in the message and enter it there.
 */
public final class Tenancy {
    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    private Tenancy() {}

    /** Work that may throw whatever it likes. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, E extends Exception> {
        T run() throws E;
    }

    /** Leaves the scope again and restores the one before. */
    public static final class Entered implements AutoCloseable {
        private final @Nullable Scope before;

        private Entered(@Nullable Scope before) {
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
     * @throws IllegalStateException within a transaction of another scope: the server would go on with the connection, and
     *     so with the schema, of the first
     */
    public static Entered enter(Scope scope) {
        TransactionScope.refuseOther(scope);
        var before = CURRENT.get();
        set(scope);
        return new Entered(before);
    }

    /** Enters a tenant on this thread, as {@link #enter(Scope)}. */
    public static Entered enter(TenantId tenant) {
        return enter(Scope.of(tenant));
    }

    /** Does the work within the scope and leaves it, however the work ends. */
    public static <T extends @Nullable Object, E extends Exception> T in(Scope scope, Work<T, E> work) throws E {
        try (var entered = enter(scope)) {
            return work.run();
        }
    }

    /** Does the work as the tenant, as {@link #in(Scope, ClaimedWorkItem)}. */
    public static <T extends @Nullable Object, E extends Exception> T in(TenantId tenant, Work<T, E> work) throws E {
        return in(Scope.of(tenant), work);
    }

    /** The scope of this thread, if one is entered. */
    public static Optional<Scope> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * The scope of this thread.
     *
     * @throws NoTenantException if none is entered
     */
    public static Scope scope() {
        return current().orElseThrow(NoTenantException::new);
    }

    /**
     * The tenant of this thread.
     *
     * @throws NoTenantException if none is entered, or the platform is
     */
    public static TenantId tenant() {
        return scope().tenant().orElseThrow(NoTenantException::new);
    }

    /** Forgets the scope, whoever entered it: at the end of a request, and before one begins on a thread found unclean. */
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
