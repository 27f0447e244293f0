package io.tenantry.kernel.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The origin of the current request, for the audit trail. Bound to the thread by the web listener; jobs have none.
 *
 * @param address the caller's network address
 * @param requestId identifies the request in logs and to the user
 */
public record RequestOrigin(String address, String requestId) {
    private static final ThreadLocal<@Nullable RequestOrigin> CURRENT = new ThreadLocal<>();

    /** Sets the origin of what is recorded on this thread. */
    public static void enter(RequestOrigin origin) {
        CURRENT.set(origin);
    }

    /** Returns the origin of this thread's request. */
    public static Optional<RequestOrigin> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Clears the origin at the end of a request. */
    public static void clear() {
        CURRENT.remove();
    }
}
