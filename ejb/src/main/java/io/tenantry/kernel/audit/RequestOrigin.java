package io.tenantry.kernel.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From where the current request came, for the audit trail. Bound to the thread by the web listener; jobs have none.
 *
 * @param address the caller's network address
 * @param requestId names the request in logs and to the user
 */
public record RequestOrigin(String address, String requestId) {
    private static final ThreadLocal<@Nullable RequestOrigin> CURRENT = new ThreadLocal<>();

    /** Lets what is recorded on this thread bear this origin. */
    public static void enter(RequestOrigin origin) {
        CURRENT.set(origin);
    }

    /** The origin of the request that this thread serves. */
    public static Optional<RequestOrigin> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Forgets the origin: at the end of a request. */
    public static void clear() {
        CURRENT.remove();
    }
}
